// reference.mjs - what a request should be: the raw HTTP that `--lang http` writes, read back, and held against what a
// program sent.

import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'

export const FILE_CONTENT = Buffer.from([0, 1, 2, 0xff, 0xfe, 13, 10, 0x2d, 0x2d, ...Buffer.from('--file é\r\n')])

/** Everything but letters, digits and "-._~" encoded (RFC 3986 §2.3). */
export const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)

const fill = (text, secrets, how) => Object.entries(secrets).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, () => how(value)), text)

function fillHeader(value, secrets) {
  const basic = value.match(/^Basic \{base64 of (\w+):(\w+)\}$/)
  if (basic) return `Basic ${Buffer.from(`${secrets[basic[1]]}:${secrets[basic[2]]}`).toString('base64')}`
  return fill(value, secrets, String)
}

/** The body with the files in their places. */
function fillBody(text) {
  const pieces = text.split(/\{content of [^}]*\}/)
  return Buffer.concat(pieces.flatMap((piece, i) => (i ? [FILE_CONTENT, Buffer.from(piece)] : [Buffer.from(piece)])))
}

/** Reads the raw HTTP text: {method, target, headers, body}. `prefix`: the path that all targets begin with. */
export function readReference(text, secrets, prefix) {
  const end = text.indexOf('\n\n')
  const [start, ...lines] = text.slice(0, end).split('\n')
  const [method, target] = start.split(' ')
  assert.ok(target.startsWith(prefix), `${target} begins with ${prefix}`)
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), fillHeader(line.slice(line.indexOf(':') + 2), secrets)])
  const length = headers.find(([name]) => name === 'content-length')
  const body = fillBody(text.slice(end + 2))
  if (length) assert.equal(body.length, Number(length[1]))
  const kept = headers.filter(([name]) => name !== 'host' && name !== 'content-length')
  return { method, target: fill(target.slice(prefix.length), secrets, encode), headers: kept, body }
}

/** The parts of a multipart body: [{name, filename, type, content}]. */
export function readParts(type, body) {
  const boundary = `--${type.match(/boundary="?([^";]+)"?/)[1]}`
  const text = body.toString('latin1')
  assert.ok(text.startsWith(boundary) && text.trimEnd().endsWith(`${boundary}--`), 'the body is multipart')
  return text.split(boundary).slice(1, -1).map((piece) => {
    const end = piece.indexOf('\r\n\r\n')
    const header = Buffer.from(piece.slice(0, end), 'latin1').toString()
    const field = (pattern) => header.match(pattern)?.[1] ?? null
    return {
      name: field(/\bname="([^"]*)"/), filename: field(/filename="([^"]*)"/),
      type: field(/content-type: *(.*)/i)?.trim() ?? null,
      content: piece.slice(end + 4, -2),
    }
  })
}

/** What clients send on their own. */
const OWN = new Set(['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'connection', 'content-length', 'expect', 'host', 'http2-settings',
  'priority', 'sec-fetch-mode', 'te', 'transfer-encoding', 'upgrade', 'user-agent'])

function checkHeaders(wanted, got, language) {
  const isMultipart = wanted.some(([name, value]) => name === 'content-type' && value.startsWith('multipart/form-data'))
  for (const [name, value] of wanted) {
    if (name === 'content-type' && isMultipart) continue
    if (name === 'cookie' && language.hasNoCookies) continue
    assert.deepEqual(got.filter((pair) => pair[0] === name).map((pair) => pair[1]), [value], `the header ${name}`)
  }
  const names = new Set(wanted.map(([name]) => name))
  for (const [name, value] of got)
    assert.ok(names.has(name) || OWN.has(name) || language.adds?.includes(name), `nobody asked for the header ${name}: ${value}`)
}

function checkParts(wanted, got, language) {
  const type = (headers) => headers.find(([name]) => name === 'content-type')[1]
  const expected = readParts(type(wanted.headers), wanted.body).map((part) => {
    if (language.isBlob && part.type && !part.filename) return { ...part, filename: 'blob' }
    if (language.fileName && part.filename) return { ...part, filename: language.fileName }
    if (language.hasLongLineEnds && !part.filename) return { ...part, content: part.content.replace(/\r?\n/g, '\r\n') }
    if (language.hasNoPartTypes && !part.filename) return { ...part, type: null }
    return part
  })
  const sent = readParts(type(got.headers), got.body).map((part) => ({ ...part, type: !part.filename && part.type?.startsWith('text/plain') && !expected.some(({ name, type }) => name === part.name && type) ? null : part.type }))
  assert.deepEqual(sent, expected)
}

/** Throws unless two texts are the same, with what stands around the first difference. */
function checkSame(got, wanted, what) {
  if (got === wanted) return
  let at = 0
  while (got[at] === wanted[at]) at++
  const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 30), at + 50))
  assert.fail(`${what} differs at ${at}: ${around(got)}, wanted ${around(wanted)}`)
}

/** Throws unless `got` is what `wanted` says; `name` is for the message. */
export function checkRequest(wanted, got, language, name) {
  try {
    compare(wanted, got, language)
  } catch (error) {
    error.message = `${name}: ${error.message}`
    throw error
  }
}

function compare(wanted, got, language) {
  const plain = (target) => {
    if (language.hasSmallHex) target = target.replace(/%[0-9a-f]{2}/gi, (byte) => byte.toUpperCase())
    if (language.strips) target = target.replace(language.strips, '')
    if (language.leaves) target = target.replace(language.leaves, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)
    return language.spaceIsPlus ? target.replaceAll('+', '%20') : target
  }
  assert.equal(got.method, wanted.method)
  checkSame(plain(got.target), plain(wanted.target), 'the target')
  checkHeaders(wanted.headers, got.headers, language)
  if (wanted.headers.some(([name, value]) => name === 'content-type' && value.startsWith('multipart/form-data'))) checkParts(wanted, got, language)
  else checkSame(got.body.toString('latin1'), wanted.body.toString('latin1'), 'the body')
}
