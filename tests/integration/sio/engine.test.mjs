// engine.io-client and ws, one layer below socket.io-client: what they see of the transport itself.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Socket } from 'engine.io-client'
import { WebSocket } from 'ws'

import { next, startServer } from './server.mjs'

const options = { timeout: 30000 }
let server
before(async () => { server = await startServer('--port', '0', '--no-eio3') })
after(async () => { assert.equal(await server.stop(), 0) })

const open = (transports) => new Socket(server.url, { path: '/socket.io/', transports })

test('the handshake and the upgrade of engine.io-client', options, async () => {
  const socket = open(['polling', 'websocket'])
  const [{ sid, upgrades, pingInterval, pingTimeout, maxPayload }] = await next(socket, 'handshake')
  assert.match(sid, /^[\w-]{20}$/)
  assert.deepEqual([upgrades, pingInterval, pingTimeout, maxPayload], [['websocket'], 1000, 800, 1000000])
  await next(socket, 'upgrade')
  assert.equal(socket.transport.name, 'websocket')
  socket.send('0')
  assert.match((await next(socket, 'data'))[0], /^0\{"sid":"[\w-]{20}"\}$/)
  socket.close()
})

for (const transport of ['polling', 'websocket']) {
  test(`garbage ends the session over ${transport} at once`, options, async () => {
    const socket = open([transport])
    await next(socket, 'open')
    socket.send('garbage')
    await next(socket, 'close')
  })
}

test('ws: fragments, pings and the close code', options, async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
  assert.match(String((await next(socket, 'message'))[0]), /^0\{/)
  const [pong, message] = [next(socket, 'pong'), next(socket, 'message')]
  socket.send('4', { fin: false })
  socket.ping('between')
  socket.send('0', { fin: true })
  assert.equal(String((await pong)[0]), 'between')
  assert.match(String((await message)[0]), /^40\{/)
  socket.close(4000, 'enough')
  assert.equal((await next(socket, 'close'))[0], 4000)
})

test('ws: a message above the limit is closed with 1009', options, async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
  await next(socket, 'message')
  socket.send('4'.repeat(1000001))
  assert.equal((await next(socket, 'close'))[0], 1009)
})

test('ws: protocol 3 is refused when it is not wanted', options, async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=3&transport=websocket`)
  const [, response] = await next(socket, 'unexpected-response')
  assert.equal(response.statusCode, 400)
  let body = ''
  for await (const piece of response) body += piece
  assert.equal(body, 'Unsupported protocol version')
})
