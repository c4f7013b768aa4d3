// A server that is stopped tells its clients, and one that is started in its place gets them back.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { ask, clients, connect, next, startServer, transports } from './server.mjs'

for (const version of Object.keys(clients)) {
  for (const transport of Object.keys(transports)) {
    describe(`socket.io-client ${version}, ${transport}`, { timeout: 30000 }, () => {
      test('reconnects to the next server', async () => {
        let server = await startServer('--port', '0')
        const options = { reconnection: true, reconnectionDelay: 50, reconnectionDelayMax: 200 }
        const socket = await connect(server, version, transport, '/', options)
        const before = socket.id
        const lost = next(socket, 'disconnect')
        const saw = server.saw('disconnect / server shutting down')
        assert.equal(await server.stop(), 0)
        await saw
        assert.match((await lost)[0], /transport close|transport error/)
        const back = next(socket, 'auth')
        server = await startServer('--port', String(server.port))
        await back
        assert.notEqual(socket.id, before)
        assert.deepEqual(await ask(socket, 'echo', 'again'), ['again'])
        socket.close()
        assert.equal(await server.stop(), 0)
      })
    })
  }
}
