// The official browser client with MessagePack, over WebSocket, against a server with --msgpack.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'

import { ask, next, startServer } from './server.mjs'

const require = createRequire(import.meta.url)
globalThis.WebSocket ??= require('ws')
// A bundle for pages, which the package does not export to Node.
const io = require(join(dirname(require.resolve('socket.io-client/package.json')), 'dist/socket.io.msgpack.min.js'))

let server
before(async () => { server = await startServer('--port', '0', '--msgpack', '--recovery') })
after(async () => { assert.equal(await server.stop(), 0) })

const open = (namespace = '/', options = {}) =>
  io(server.url + namespace, { transports: ['websocket'], forceNew: true, reconnection: false, ...options })
const plain = (value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? [...new Uint8Array(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength)] : value)

test('events and acknowledgements carry everything both ways', { timeout: 10000 }, async () => {
  const socket = open('/custom', { auth: { token: 'é' } })
  assert.deepEqual((await next(socket, 'auth'))[0], { token: 'é' })
  const bytes = new Uint8Array([0, 1, 255]).buffer
  for (const value of ['', 'é€😀', 0, -1, 1.5, 2 ** 40, true, null, [], { a: [{ b: 'é' }] }])
    assert.deepEqual((await ask(socket, 'echo', value))[0], value)
  const [top, inside] = await ask(socket, 'echo', bytes, { list: [bytes] })
  assert.deepEqual([plain(top), plain(inside.list[0])], [[0, 1, 255], [0, 1, 255]])
  socket.once('question', (number, asked, answer) => answer(number, asked))
  const [verdict, number, answered] = await ask(socket, 'askme')
  assert.deepEqual([verdict, number, plain(answered)], ['ok', 42, [9, 8, 7]])
  socket.close()
})

test('rooms, namespaces and refusals', { timeout: 10000 }, async () => {
  const one = open('/dyn-1'), two = one.io.socket('/denied')
  const refusal = next(two, 'connect_error')
  two.connect()
  const [error] = await refusal
  assert.deepEqual([error.message, error.data], ['not allowed', { code: 7 }])
  assert.deepEqual(await ask(one, 'join', 'r'), ['joined'])
  one.emit('toroom', 'r', 'hello')
  const heard = await next(one, 'room')
  assert.equal(heard[0], 'hello')
  one.emit('kick')
  assert.equal((await next(one, 'disconnect'))[0], 'io server disconnect')
  one.close()
})

test('what was missed comes in MessagePack too', { timeout: 10000 }, async () => {
  const other = open()
  const socket = open('/', { reconnection: true, reconnectionDelay: 200, reconnectionDelayMax: 200 })
  await ask(socket, 'join', 'r')
  await ask(other, 'echo')
  const room = next(socket, 'room')
  socket.io.engine.close()
  await server.saw('disconnect / transport close')
  other.emit('toroom', 'r', new Uint8Array([5]).buffer)
  assert.deepEqual(plain((await room)[0]), [5])
  await ask(socket, 'echo')
  assert.equal(socket.recovered, true)
  socket.close()
  other.close()
})
