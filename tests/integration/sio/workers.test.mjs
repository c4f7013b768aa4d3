// What the official clients do, with a server of three workers: each connection is at the one that the kernel chooses, so
// polls and upgrades keep arriving at others than the one that has their session.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ask, connect, next, settle, startServer, transports } from './server.mjs'

process.env.SIO_FLAGS = '--workers 3'

const crowd = 24 // that one of three workers gets nobody has a chance of 2 in 10,000 a crowd: then it is one more

async function gather(server, version, transport) {
  const sockets = [], workers = new Set()
  while (sockets.length < crowd || workers.size < 3) {
    const socket = await connect(server, version, transport)
    await settle(socket, transport)
    workers.add(socket.io.engine.id.slice(-1))
    sockets.push(socket)
  }
  assert.deepEqual([...workers].sort(), ['A', 'B', 'C'])
  return sockets
}

for (const version of ['2', '4'])
  for (const transport of Object.keys(transports))
    test(`socket.io-client ${version}, ${transport}: clients of all workers share their rooms`, { timeout: 60000 }, async () => {
      const server = await startServer('--port', '0', '--workers', '3', '--ping-interval', '25000')
      const sockets = await gather(server, version, transport)
      const members = sockets.slice(0, -1)
      for (const socket of members) await ask(socket, 'join', 'all')
      for (const from of [0, 1, 2]) {
        const heard = members.map((socket) => next(socket, 'room'))
        sockets[from].emit('toroom', 'all', from, Buffer.from([from]), { text: 'é' })
        for (const [number, bytes, rest] of await Promise.all(heard))
          assert.deepEqual([number, ...bytes, rest], [from, from, { text: 'é' }])
      }
      for (const socket of sockets) socket.close()
      assert.equal(await server.stop(), 0)
    })

test('a server with clients at all workers stops', { timeout: 60000 }, async () => {
  const server = await startServer('--port', '0', '--workers', '3', '--ping-interval', '25000')
  const sockets = await gather(server, '4', 'upgrade')
  const ends = sockets.map((socket) => next(socket, 'disconnect'))
  assert.equal(await server.stop(), 0)
  for (const [reason] of await Promise.all(ends)) assert.match(reason, /^transport (close|error)$/)
})

await import('./clients.test.mjs')
await import('./recovery.test.mjs')
