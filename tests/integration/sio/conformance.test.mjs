// conformance.test.mjs - the servers of tests/conformance/ keep to what the official suites expect of them, each asked by
// an official client.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { ask, next, startProgram } from './server.mjs'

const require = createRequire(import.meta.url)
const engine = require('engine.io-client')
const { io } = require('socket.io-client')
const { WebSocket } = require('ws')

/** Runs `body` with a server that ends well. */
const serve = (name, ...options) => async (body) => {
  const server = await startProgram(name, '--port', '0', ...options)
  try {
    await body(server)
  } finally {
    assert.equal(await server.stop(), 0)
  }
}

/** A queue of what an emitter gives, so that nothing is missed between two waits. */
function queue(emitter, event) {
  const values = []
  const waiting = []
  emitter.on(event, (value) => (waiting.length ? waiting.shift()(value) : values.push(value)))
  return () => (values.length ? Promise.resolve(values.shift()) : new Promise((done) => waiting.push(done)))
}

for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']])
  for (const flags of [[], ['--deflate']])
    test(`eio_suite echoes over ${transports} ${flags}`, () => serve('eio_suite', ...flags)(async (server) => {
      const client = new engine.Socket(server.url, { transports, perMessageDeflate: flags.length > 0 })
      const message = queue(client, 'message')
      await next(client, 'open')
      for (const text of ['a', 'üñí\u2028', 'x'.repeat(50000)]) {
        client.send(text)
        assert.equal(await message(), text)
      }
      client.send(Buffer.alloc(3000, 7))
      assert.deepEqual(await message(), Buffer.alloc(3000, 7))
      client.close()
    }))

test('eio_suite announces what the suite checks', () => serve('eio_suite')(async (server) => {
  const text = await (await fetch(`${server.url}/engine.io/?EIO=4&transport=polling`)).text()
  const { sid, ...rest } = JSON.parse(text.slice(1))
  assert.deepEqual(rest, { upgrades: ['websocket'], pingInterval: 300, pingTimeout: 200, maxPayload: 1000000 })
  assert.equal((await fetch(`${server.url}/engine.io/?EIO=3&transport=polling`)).status, 400)
}))

test('engine_client_suite: cookies, headers, the filter, the limit', () => serve('engine_client_suite')(async (server) => {
  const first = await fetch(`${server.url}/engine.io/?EIO=4&transport=polling`)
  assert.equal(first.headers.get('set-cookie').match(/(^|, )\d=\d;/g).length, 4)
  const { sid } = JSON.parse((await first.text()).split('\x1e')[0].slice(1))
  const place = `${server.url}/engine.io/?EIO=4&transport=polling&sid=${sid}`
  const post = (body) => fetch(place, { method: 'POST', body, headers: { 'X-Test': 'a"b' } })
  assert.equal((await post('4sendHeaders')).status, 200)
  const packets = (await (await fetch(place)).text()).split('\x1e')
  assert.equal(JSON.parse(packets.at(-1).slice(1))['x-test'], 'a"b')
  const large = await post('4'.repeat(101))
  assert.deepEqual([large.status, await large.text()], [413, ''])
  assert.equal((await fetch(`${server.url}/engine.io/?EIO=4&transport=polling&deny`)).status, 403)
}))

test('client_suite: the handshake waits, and what it holds', () => serve('client_suite')(async (server) => {
  const socket = io(`${server.url}/abc?a=b%20c`, { auth: { token: 'x' }, forceNew: true })
  const [handshake] = await next(socket, 'handshake')
  assert.equal(handshake.query.a, 'b c')
  assert.deepEqual(handshake.auth, { token: 'x' })
  const other = io(server.url, { forceNew: true })
  const [bytes] = await new Promise((done) => { other.on('doge', (value) => done([value])); other.emit('doge') })
  assert.equal(bytes.toString(), 'asdfasdf')
  assert.match((await ask(other, 'getAckDate', { test: true }))[0], /^\d{4}-\d\d-\d\dT/)
  other.emit('ack')
  other.on('ack', (answer) => answer(5, { test: true }))
  await next(other, 'got it')
  const refused = io(`${server.url}/?fail=1`, { forceNew: true })
  assert.equal((await next(refused, 'connect_error'))[0].message, 'Auth failed (main namespace)')
  for (const client of [socket, other, refused]) client.close()
}))

test('sio_suite', () => serve('sio_suite')(async (server) => {
  const socket = io(`${server.url}/`, { forceNew: true, auth: { token: 1 } })
  assert.deepEqual((await next(socket, 'auth'))[0], { token: 1 })
  assert.deepEqual(await ask(socket, 'message-with-ack', 1, '2', { 3: [Buffer.from([4])] }), [1, '2', { 3: [Buffer.from([4])] }])
  const unknown = io(`${server.url}/random`, { forceNew: true })
  assert.equal((await next(unknown, 'connect_error'))[0].message, 'Invalid namespace')
  for (const client of [socket, unknown]) client.close()
}))

for (const deflate of [false, true])
  test(`ws_echo${deflate ? ' --deflate' : ''}`, () => serve('ws_echo', ...(deflate ? ['--deflate'] : []))(async (server) => {
    const client = new WebSocket(server.url.replace('http', 'ws'), { perMessageDeflate: deflate, maxPayload: 1 << 25 })
    const message = queue(client, 'message')
    await next(client, 'open')
    assert.equal(client.extensions, deflate ? 'permessage-deflate' : '')
    for (const size of [0, 1, 1000, 100000, 16 << 20]) {
      const bytes = Buffer.alloc(size, 'abcdefg')
      client.send(bytes)
      assert.ok((await message()).equals(bytes), `${size} bytes`)
    }
    client.send(Buffer.alloc((16 << 20) + 1))
    assert.equal((await next(client, 'close'))[0], 1009)
  }))

test('what is broadcast is compressed for those who take it', () => serve('client_checks', '--deflate')(async (server) => {
  const clients = [true, false, true].map((perMessageDeflate) =>
    io(server.url, { transports: ['websocket'], perMessageDeflate, forceNew: true }))
  for (const client of clients) assert.deepEqual(await ask(client, 'join', 'all'), ['joined'])
  for (const value of ['x'.repeat(100), 'abc'.repeat(5000), Buffer.alloc(20000, 'abc')]) {
    const heard = clients.map((client) => next(client, 'room'))
    clients[0].emit('toroom', 'all', value)
    for (const [got] of await Promise.all(heard)) assert.deepEqual(got, value)
  }
  for (const client of clients) client.close()
}))
