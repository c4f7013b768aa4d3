// recorder.mjs - a server on loopback that remembers, byte by byte, what was sent to it.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'

const NONCE = 'dcd98b7102dd2f0e8b11d0f600bfb0c0'
const REALM = 'apiblaze'

const md5 = (text) => createHash('md5').update(text).digest('hex')

/** Whether a header answers the challenge below for this user (RFC 7616 §3.4, with RFC 2617's algorithm). */
export function answersDigest(header, method, target, user, password) {
  const fields = Object.fromEntries([...header.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)].map((found) => [found[1], (found[2] ?? found[3]).replace(/\\(.)/g, '$1')]))
  const inner = [md5(`${user}:${REALM}:${password}`), NONCE, fields.nc, fields.cnonce, fields.qop, md5(`${method}:${target}`)]
  return fields.username === user && fields.nonce === NONCE && fields.uri === target && fields.response === md5(inner.join(':'))
}

/** Starts one: {url, seen, close}. `seen` maps the first segment of a path, by which a program is told, to the requests
 * {method, target, headers, body} that came there; `target` is without that segment. */
export async function startRecorder() {
  const seen = new Map()
  const server = createServer((request, response) => {
    const pieces = []
    request.on('data', (piece) => pieces.push(piece))
    request.on('end', () => {
      const [, program, target] = request.url.match(/^\/([^/?]*)(.*)$/s)
      const headers = []
      for (let i = 0; i < request.rawHeaders.length; i += 2) headers.push([request.rawHeaders[i].toLowerCase(), request.rawHeaders[i + 1]])
      const wantsDigest = target.startsWith('/digest') && !request.headers.authorization
      if (!wantsDigest) seen.set(program, [...(seen.get(program) ?? []), { method: request.method, target, full: request.url, headers, body: Buffer.concat(pieces) }])
      response.writeHead(wantsDigest ? 401 : 200, { 'Content-Type': 'application/json', ...(wantsDigest && { 'WWW-Authenticate': `Digest realm="${REALM}", qop="auth", nonce="${NONCE}"` }) })
      response.end('{}')
    })
  })
  server.maxHeadersCount = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${server.address().port}`, seen, close: () => { server.closeAllConnections(); server.close() } }
}
