// The official clients over TLS: https polling, wss, and the upgrade between; and certificates that are read anew.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import tls from 'node:tls'

import { ask, clients, connect, settle, startServer, transports } from './server.mjs'

const folder = mkdtempSync(join(tmpdir(), 'sio-tls-'))
const cert = join(folder, 'cert.pem')
const key = join(folder, 'key.pem')

/** A new certificate for 127.0.0.1, signed by itself, in place of the old one. */
function makeCertificate() {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' })
}

let server
before(async () => {
  makeCertificate()
  server = await startServer('--port', '0', '--ping-timeout', '5000', '--cert', cert, '--key', key)
})
after(async () => {
  assert.equal(await server.stop(), 0)
  rmSync(folder, { recursive: true })
})

for (const version of Object.keys(clients)) {
  for (const transport of Object.keys(transports)) {
    describe(`socket.io-client ${version}, ${transport}, TLS`, { timeout: 30000 }, () => {
      // Client 2 posts everything as base64 at once: it has to stay below the megabyte that a request may have.
      test('texts and bytes, small and large, go both ways', async () => {
        const socket = await connect(server, version, transport, '/', { ca: readFileSync(cert) })
        await settle(socket, transport)
        for (const size of [0, 1, 16383, 16384, 16385, 100000]) {
          const text = 'é'.repeat(size)
          const bytes = Buffer.alloc(size, size % 251)
          const [textBack, bytesBack] = await ask(socket, 'echo', text, bytes)
          assert.equal(textBack, text)
          assert.ok(Buffer.from(bytesBack).equals(bytes))
        }
        socket.close()
      })

      test('a client that does not trust the certificate does not connect', async () => {
        await assert.rejects(connect(server, version, transport))
      })
    })
  }
}

/** What the server shows to a client that speaks only this version of TLS. */
function handshake(version) {
  return new Promise((done, failed) => {
    const socket = tls.connect({ port: server.port, host: '127.0.0.1', ca: readFileSync(cert), minVersion: version,
      maxVersion: version, ALPNProtocols: ['http/1.1'] }, () => {
      done({ version: socket.getProtocol(), protocol: socket.alpnProtocol, print: socket.getPeerCertificate().fingerprint256 })
      socket.end()
    }).on('error', failed)
  })
}

describe('TLS', { timeout: 30000 }, () => {
  test('1.2 and 1.3, and HTTP/1.1 over both', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3']) {
      const seen = await handshake(version)
      assert.deepEqual([seen.version, seen.protocol], [version, 'http/1.1'])
    }
    await assert.rejects(handshake('TLSv1.1'))
  })

  test('SIGHUP brings the new certificate, and clients stay', async () => {
    const socket = await connect(server, '4', 'websocket', '/', { ca: readFileSync(cert) })
    const { print } = await handshake('TLSv1.3')
    makeCertificate()
    process.kill(server.pid, 'SIGHUP')
    let seen
    do seen = await handshake('TLSv1.3').catch(() => ({ print })) // the old one, which is not trusted any more
    while (seen.print === print)
    assert.deepEqual(await ask(socket, 'echo', 'still here'), ['still here'])
    socket.close()
  })
})
