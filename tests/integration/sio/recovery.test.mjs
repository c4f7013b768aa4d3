// The official client comes back to a server that keeps its state (--recovery), with both parsers.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { ask, connect, next, parsers, settle, startServer, transports } from './server.mjs'

for (const [name, { options, flags }] of Object.entries(parsers)) {
  describe(`socket.io-client 4, ${name}`, { timeout: 60000 }, () => {
    let server
    before(async () => { server = await startServer('--port', '0', '--ping-interval', '250', '--ping-timeout', '5000', '--recovery', ...flags) })
    after(async () => { assert.equal(await server.stop(), 0) })

    for (const transport of Object.keys(transports)) {
      const open = (namespace, more) => connect(server, '4', transport, namespace, { ...options, ...more })

      for (const namespace of ['/', '/dyn-7']) {
        test(`${transport}: what was missed in ${namespace} comes first`, async () => {
          const room = `room ${transport}`
          const other = await open(namespace)
          const socket = await open(namespace, { reconnection: true, reconnectionDelay: 300, reconnectionDelayMax: 300 })
          await settle(socket, transport)
          assert.equal(socket.recovered, false)
          const id = socket.id
          await ask(socket, 'join', room)
          const heard = []
          socket.on('room', (...values) => heard.push(values.map((value) => (Buffer.isBuffer(value) ? [...value] : value))))
          socket.on('connect', () => heard.push('connect'))
          socket.io.engine.close()
          await server.saw(`disconnect ${namespace} transport close`)
          other.emit('toroom', room, 1, Buffer.from([1, 2]))
          other.emit('toroom', room, 'two')
          other.emit('toroom', 'elsewhere', 3)
          await ask(other, 'echo')
          await next(socket, 'connect')
          assert.equal(socket.recovered, true)
          assert.equal(socket.id, id)
          other.emit('toroom', room, 'after')
          await next(socket, 'room')
          assert.deepEqual(heard.map((entry) => (Array.isArray(entry) ? entry.slice(0, -1) : entry)),
            [[1, [1, 2]], ['two'], 'connect', ['after']])
          socket.close()
          other.close()
        })
      }

      test(`${transport}: who left by itself begins anew`, async () => {
        const socket = await open('/')
        const id = socket.id
        socket.disconnect()
        await server.saw('disconnect / client namespace disconnect')
        socket.connect()
        await next(socket, 'connect')
        assert.equal(socket.recovered, false)
        assert.notEqual(socket.id, id)
        socket.close()
      })
    }
  })
}
