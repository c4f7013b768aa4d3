import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gunzipSync, gzipSync, brotliDecompressSync } from 'node:zlib'

const script = fileURLToPath(new URL('../build.mjs', import.meta.url))
const temporary = mkdtempSync(join(tmpdir(), 'apiblaze-page-'))
after(() => rmSync(temporary, { recursive: true }))

const build = (name) => execFileSync(process.execPath, [script, join(temporary, name)], { encoding: 'utf8' })
build('one')
const folder = join(temporary, 'one')
const filesIn = (path) => readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => relative(path, join(entry.parentPath ?? entry.path, entry.name))).sort()
const files = filesIn(folder)
const read = (name) => readFileSync(join(folder, name))
const gzipSize = (name) => gzipSync(read(name), { level: 9 }).length
const named = (pattern) => files.filter((name) => pattern.test(name))
const sum = (names) => names.reduce((total, name) => total + gzipSize(name), 0)
const index = read('index.html').toString()

test('the same sources give the same bytes', () => {
  build('two')
  assert.deepEqual(filesIn(join(temporary, 'two')), files)
  for (const name of files) assert.deepEqual(readFileSync(join(temporary, 'two', name)), read(name), name)
})

test('a second call has nothing to do', () => {
  assert.match(build('one'), /nothing has changed/)
})

test('scripts: 45 kB in all, 30 kB before the first paint; styles: 8 kB (gzip)', () => {
  const first = [...index.matchAll(/src="\/([^"]+\.js)"/g)].map(([, name]) => name)
  const imported = [...read(first.find((name) => name.startsWith('main'))).toString().matchAll(/from"\.\/([^"]+)"/g)].map(([, name]) => name)
  assert.ok(sum(named(/\.js$/)) <= 45_000, `${sum(named(/\.js$/))} bytes`)
  assert.ok(sum([...first, ...imported]) <= 30_000, `${sum([...first, ...imported])} bytes`)
  assert.ok(sum(named(/\.css$/)) <= 8_000, `${sum(named(/\.css$/))} bytes`)
})

test('the compressed variants hold the same', () => {
  for (const name of named(/\.gz$/)) assert.deepEqual(gunzipSync(read(name)), read(name.slice(0, -3)))
  for (const name of named(/\.br$/)) assert.deepEqual(brotliDecompressSync(read(name)), read(name.slice(0, -3)))
  assert.ok(files.includes(`${named(/^main-.*\.js$/)[0]}.br`))
})

test('the index has nothing inline and refers to files that are there', () => {
  assert.doesNotMatch(index, /<style|style=|\son\w+=|<script(?![^>]*\ssrc=)|{{/)
  for (const [, name] of index.matchAll(/(?:src|href)="\/([^"]+)"/g)) assert.ok(files.includes(name), name)
})

test('the C source holds every file, byte for byte', () => {
  const source = read('page_assets.c').toString()
  const array = (name) => Buffer.from(source.match(new RegExp(`${name}\\[\\] = {\\n([\\d,\\n]*)}`))[1].split(',').map(Number))
  const entries = [...source.matchAll(/\.path = "\/([^"]+)", \.type = "([^"]+)", \.etag = "([^,]+)", \.is_immutable = (\w+),\s+\.bytes = (\w+), .*? \.brotli = (\w+)?/g)]
  assert.ok(entries.length >= 6)
  for (const [, name, type, etag, isImmutable, bytes] of entries) {
    assert.deepEqual(array(bytes), read(name), name)
    assert.match(etag, /^\\"[0-9a-f]{16}\\"$/)
    assert.equal(isImmutable === 'true', /-[0-9A-Za-z]{8}\.\w+$/.test(name), name)
    assert.ok(type.includes('/'))
  }
})

test('the highlighter that is left knows the languages of the examples', async () => {
  const name = named(/^dist-.*\.js$/)[0]
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}') // Node.js 18 wants to be told; a browser knows
  const { tokenize } = await import(pathToFileURL(join(folder, name)))
  for (const [language, code] of [['json', '{"a": true}'], ['yaml', 'a: 1 # x'], ['bash', 'curl -X POST "$URL" # x']]) {
    const types = []
    await tokenize(code, language, (text, type) => type && types.push(type))
    assert.ok(types.length >= 2, `${language}: ${types}`)
  }
})

test('what ApiBlaze answers over HTTP is described', () => {
  const { openapi, paths, components } = JSON.parse(read('api/v1/openapi.json'))
  assert.equal(openapi, '3.1.0')
  assert.ok('/api/v1/elements/{id}' in paths)
  for (const [, name] of read('api/v1/openapi.json').toString().matchAll(/"#\/components\/schemas\/(\w+)"/g)) assert.ok(name in components.schemas, name)
})

test('the licences of what is inside travel along', () => {
  for (const name of ['socket.io-client', 'dompurify', '@speed-highlight/core']) assert.ok(read('licences.txt').toString().includes(`${name} `))
})
