// The namespace of the Admin UI, spoken to as its page does, and compared with the reference: @socket.io/admin-ui on socket.io.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'

import { ask, clients, next, settle, startServer, transports } from './server.mjs'

const require = createRequire(import.meta.url)
const { Server } = require('socket.io')
const { instrument } = require('@socket.io/admin-ui')
const parser = require('socket.io-msgpack-parser')

const HASH = '$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW' // of "secret"
const LOGIN = { username: 'admin', password: 'secret' }

/** A server with the flags, closed with its clients when `use` has ended. `open` gives a client. */
async function withServer(flags, use) {
  const server = await startServer('--port', '0', '--ping-interval', '25000', ...flags)
  try {
    await withClients(server.url, flags.includes('--msgpack') ? { parser } : {}, use)
  } finally {
    assert.equal(await server.stop(), 0)
  }
}

/** The reference, with what client_checks.c answers. */
async function withReference(options, use) {
  const io = new Server(0, { cors: { origin: '*' } })
  instrument(io, { auth: { type: 'basic', username: 'admin', password: HASH }, ...options })
  io.on('connection', (socket) => {
    socket.emit('auth', socket.handshake.auth)
    socket.on('echo', (...values) => values.pop()(...values))
    socket.on('bounce', (...values) => socket.emit('bounce', ...values))
    socket.on('join', (room, answer) => { socket.join(room), answer('joined') })
    socket.on('toroom', (room, ...values) => io.to(room).emit('room', ...values))
  })
  try {
    await withClients(`http://127.0.0.1:${io.httpServer.address().port}`, {}, use)
  } finally {
    await io.close()
  }
}

async function withClients(url, more, use) {
  const sockets = []
  const open = (namespace, options = {}) => {
    const socket = clients[4](url + namespace, { forceNew: true, reconnection: false, transports: ['websocket'], ...more, ...options })
    sockets.push(socket)
    return socket
  }
  try {
    await use(open)
  } finally {
    for (const socket of sockets) socket.close()
  }
}

/** An admin that is in. `told` lists what it hears, `hears(event)` waits for the next one that fits. */
async function login(open, auth = LOGIN, options = {}) {
  const admin = open('/admin', { auth, ...options })
  admin.told = []
  admin.onAny((...event) => admin.told.push(event))
  admin.hears = (event, fits = () => true) => new Promise((found) => {
    const before = admin.told.find(([name, ...values]) => name === event && fits(...values))
    if (before) return found(before.slice(1))
    const listen = (...values) => {
      if (!fits(...values)) return
      admin.off(event, listen)
      found(values)
    }
    admin.on(event, listen)
  })
  await Promise.race([next(admin, 'connect'), next(admin, 'connect_error').then(([error]) => Promise.reject(error))])
  return admin
}

/** A client in "/" that has had its greeting. */
async function visit(open, options = {}) {
  const socket = open('/', options)
  await next(socket, 'auth')
  return socket
}

/** What the reference tells and what we tell, made comparable: ids by the order in which they are told, no times. */
function comparable(told) {
  const ids = new Map()
  const name = (id) => ids.get(id) ?? ids.set(id, `id${ids.size}`).get(id)
  const isId = (value) => typeof value === 'string' && /^[\w-]{20}$/.test(value)
  const plain = (value, key) => {
    if (isId(value)) return name(value)
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return 'time'
    if (['clientId', 'time', 'issued', 'url', 't', 'host', 'sec-websocket-key'].includes(key)) return typeof value
    if (key === 'address') return String(value).replace('::ffff:', '')
    if (Buffer.isBuffer(value)) return `bytes ${value.toString('hex')}`
    if (Array.isArray(value)) return value.map((item) => plain(item))
    if (value && typeof value === 'object') return Object.fromEntries(Object.keys(value).sort().map((member) => [member, plain(value[member], member)]))
    return value
  }
  const compared = ['socket_connected', 'socket_updated', 'socket_disconnected', 'room_joined', 'room_left', 'event_received', 'event_sent']
  // What a connect function sends is told before the socket is: here it runs before the client is let in.
  return told.filter(([event, , , args]) => compared.includes(event) && !(event === 'event_sent' && args[0] === 'auth')).map(([event, ...values]) => [event, ...plain(values)])
}

/** Everything that is told, once each: two clients, events with bytes, rooms, an upgrade, every command. */
async function scenario(open) {
  const admin = await login(open)
  await admin.hears('socket_connected')
  const one = await visit(open, { auth: { token: 'hidden' }, extraHeaders: { 'x-forwarded-for': '1.2.3.4' } })
  await admin.hears('socket_connected', ({ id }) => id === one.id)
  const two = await visit(open, { transports: transports.upgrade })
  await admin.hears('socket_updated', ({ id }) => id === two.id)
  await ask(one, 'join', 'room "é"')
  await ask(one, 'echo', 1, 'two', { three: [3] }, null, Buffer.from([1, 2]))
  one.emit('bounce', Buffer.from('abc'), { list: [Buffer.from('d'), { e: Buffer.from('f') }] }, true)
  await next(one, 'bounce')
  one.emit('toroom', 'room "é"', 7)
  await next(one, 'room')
  admin.emit('join', '/', 'other', two.id)
  admin.emit('emit', '/', 'other', 'to other', { a: 1 })
  assert.deepEqual(await next(two, 'to other'), [{ a: 1 }])
  admin.emit('leave', '/', 'other', 'other')
  await admin.hears('room_left') // the reference tells it in its next tick
  admin.emit('join', '/', 'both', undefined)
  admin.emit('emit', '/', '', 'to all', Buffer.from([3]))
  await Promise.all([next(one, 'to all'), next(two, 'to all')])
  for (const socket of [two, one]) {
    const was = socket.id // a client that is not connected has none
    if (socket === two) admin.emit('_disconnect', '/', false, was)
    else socket.disconnect()
    await admin.hears('room_left', (nsp, room, id) => room === 'both' && id === was)
  }
  return comparable(admin.told)
}

describe('the admin namespace', { timeout: 60000 }, () => {
  test('tells what the reference tells, in the same order', async () => {
    let theirs, ours
    await withReference({ mode: 'development' }, async (open) => { theirs = await scenario(open) })
    await withServer(['--admin', 'development'], async (open) => { ours = await scenario(open) })
    assert.ok(theirs.length > 25)
    const kinds = (told) => told.map(([event]) => event)
    assert.deepEqual(kinds(ours), kinds(theirs))
    // What is told of several sockets at once is told in the order of a table.
    const sorted = (told) => told.map((event) => JSON.stringify(event)).sort()
    assert.deepEqual(sorted(ours), sorted(theirs))
    assert.doesNotMatch(JSON.stringify(ours), /hidden/)
  })

  test('lets in who has the password, and who came so before', () => withServer(['--admin', 'development'], async (open) => {
    const refused = ['no auth', {}, { username: 'admin' }, { password: 'secret' }, { username: 'admin', password: 'Secret' }, { username: 'Admin', password: 'secret' },
      { username: 'admin', password: 'secret\0' }, { username: 'admin', password: ['secret'] }, { sessionId: '' }, { sessionId: 'x'.repeat(20) }, { sessionId: '\0'.repeat(20) },
      { username: 'admin', password: 's'.repeat(10000) }]
    for (const auth of refused) await assert.rejects(login(open, typeof auth === 'string' ? undefined : auth, typeof auth === 'string' ? { auth: undefined } : {}), /^Error: invalid credentials$/)
    const admin = await login(open)
    const [sessionId] = await admin.hears('session')
    assert.match(sessionId, /^[\w-]{20}$/)
    assert.deepEqual(admin.told[0], ['session', sessionId])
    const again = await login(open, { sessionId })
    await again.hears('config')
    assert.equal(again.told.some(([event]) => event === 'session'), false)
    const both = await login(open, { sessionId: 'y'.repeat(20), ...LOGIN })
    assert.notEqual((await both.hears('session'))[0], sessionId)
  }))

  test('many who guess at once stop nobody', () => withServer(['--admin', 'development'], async (open) => {
    const guesses = Array.from({ length: 40 }, (_, number) => login(open, { username: 'admin', password: `guess ${number}` }).then(() => 'in', (error) => error.message))
    const socket = await visit(open)
    assert.deepEqual(await ask(socket, 'echo', 1), [1])
    const verdicts = new Set(await Promise.all(guesses))
    verdicts.delete('too many logins at once')
    assert.deepEqual([...verdicts], ['invalid credentials'])
    await login(open)
  }))

  test('shows all who are there to an admin who comes', () => withServer(['--admin', 'development'], async (open) => {
    const one = await visit(open, { extraHeaders: { 'x-test': 'yes' } }), two = open('/custom')
    await next(two, 'auth')
    await ask(one, 'join', 'room')
    const admin = await login(open)
    const [sockets] = await admin.hears('all_sockets')
    const of = (id) => sockets.find((socket) => socket.id === id)
    assert.deepEqual(sockets.map(({ id }) => id).sort(), [one.id, two.id, admin.id].sort())
    assert.deepEqual([of(one.id).nsp, of(one.id).rooms, of(one.id).transport, of(one.id).data], ['/', [one.id, 'room'], 'websocket', {}])
    assert.equal(of(one.id).handshake.headers['x-test'], 'yes')
    assert.equal(of(one.id).clientId, one.io.engine.id.slice(0, 12))
    assert.equal(of(two.id).nsp, '/custom')
    await settle(one, 'websocket')
  }))

  test('admins who may only look can do nothing', () => withServer(['--admin', 'read-only'], async (open) => {
    const admin = await login(open), socket = await visit(open)
    assert.deepEqual(await admin.hears('config'), [{ supportedFeatures: ['AGGREGATED_EVENTS', 'ALL_EVENTS'] }])
    let heard = false
    socket.on('hello', () => { heard = true })
    admin.emit('emit', '/', undefined, 'hello')
    admin.emit('join', '/', 'room', undefined)
    admin.emit('_disconnect', '/', true, undefined)
    const again = await login(open, LOGIN)
    const [sockets] = await again.hears('all_sockets')
    assert.deepEqual(sockets.find(({ id }) => id === socket.id).rooms, [socket.id])
    assert.deepEqual(await ask(socket, 'echo', 1), [1])
    assert.equal(heard, false)
  }))

  test('numbers alone in production', () => withServer(['--admin', 'production'], async (open) => {
    const admin = await login(open)
    const everything = ['EMIT', 'JOIN', 'LEAVE', 'DISCONNECT', 'MJOIN', 'MLEAVE', 'MDISCONNECT', 'AGGREGATED_EVENTS']
    assert.deepEqual(await admin.hears('config'), [{ supportedFeatures: everything }])
    const polling = await visit(open, { transports: ['polling'] })
    const [stats] = await admin.hears('server_stats', ({ pollingClientsCount }) => pollingClientsCount === 1)
    assert.equal(stats.clientsCount, 2)
    assert.ok(stats.namespaces.some(({ name, socketsCount }) => name === '/' && socketsCount === 1))
    assert.ok(stats.pid > 0 && stats.uptime > 0 && stats.serverId === stats.hostname)
    admin.emit('_disconnect', '/', true, polling.id)
    await next(polling, 'disconnect')
    const has = (type, subType) => ({ aggregatedEvents }) => aggregatedEvents.some((event) => event.type === type && event.subType === subType && event.count > 0 && event.timestamp % 1000 === 0)
    await admin.hears('server_stats', has('rawDisconnection', 'forced server close'))
    for (const type of ['rawConnection', 'packetsIn', 'packetsOut', 'bytesIn', 'bytesOut']) await admin.hears('server_stats', has(type))
    assert.deepEqual([...new Set(admin.told.map(([event]) => event))].sort(), ['config', 'server_stats', 'session'])
  }))

  test('open to everyone where the program wants it so, and in MessagePack', () => withServer(['--admin', 'open', '--msgpack'], async (open) => {
    const admin = await login(open, {}), socket = await visit(open)
    await ask(socket, 'echo', { bytes: Buffer.from([1, 2, 3]) }, 'é')
    const [, , args] = await admin.hears('event_received', (nsp, id, [event]) => event === 'echo')
    assert.deepEqual([[...args[1].bytes], args[2]], [[1, 2, 3], 'é'])
    assert.equal(admin.told.some(([event]) => event === 'session'), false)
  }))

  test('clients of all workers are shown, and reached', () => withServer(['--admin', 'development', '--workers', '3'], async (open) => {
    const early = await Promise.all(Array.from({ length: 12 }, () => visit(open)))
    const admins = await Promise.all(Array.from({ length: 4 }, () => login(open)))
    const late = await Promise.all(Array.from({ length: 12 }, () => visit(open, { extraHeaders: { 'x-test': 'late' } })))
    for (const admin of admins) {
      const [sockets] = await admin.hears('all_sockets')
      for (const { id, io } of early) {
        const shown = sockets.find((socket) => socket.id === id)
        assert.deepEqual([shown.nsp, shown.rooms, shown.transport, shown.clientId], ['/', [id], 'websocket', io.engine.id.slice(0, 12)])
        assert.equal(shown.handshake.query.transport, 'websocket')
      }
      for (const { id } of late) {
        const [shown] = await admin.hears('socket_connected', (socket) => socket.id === id)
        assert.equal(shown.handshake.headers['x-test'], 'late')
      }
      await admin.hears('server_stats', ({ clientsCount, namespaces }) => clientsCount === 28 && namespaces.some(({ name, socketsCount }) => name === '/' && socketsCount === 24))
    }
    const [one] = late, bytes = Buffer.from([1, 2])
    one.emit('bounce', bytes)
    for (const admin of admins) {
      const [, id, args] = await admin.hears('event_sent', (nsp, id, [event]) => event === 'bounce')
      assert.deepEqual([id, args], [one.id, ['bounce', bytes]])
    }
    const reached = Promise.all([...early, ...late].map((socket) => next(socket, 'hello')))
    admins[0].emit('join', '/', 'all', undefined)
    admins[0].emit('emit', '/', 'all', 'hello', bytes)
    for (const [heard] of await reached) assert.deepEqual(heard, bytes)
    const ended = Promise.all([...early, ...late].map((socket) => next(socket, 'disconnect')))
    const ids = [...early, ...late].map(({ id }) => id)
    admins[3].emit('_disconnect', '/', false, 'all')
    await ended
    for (const admin of admins) for (const gone of ids) await admin.hears('socket_disconnected', (nsp, id) => id === gone)
  }))

  test('what makes no sense is ignored', () => withServer(['--admin', 'development'], async (open) => {
    const admin = await login(open), socket = await visit(open)
    for (const command of ['emit', 'join', 'leave', '_disconnect'])
      for (const values of [[], [1], ['/nowhere', 'room'], ['/', 7, 8, 9], ['/', { a: 1 }, {}], ['/', 'room', ['x']], [null, null, null], ['/\0', 'a\0b', 'c\0'], ['/', 'r', 'nobody', Buffer.from('x')]])
        admin.emit(command, ...values)
    admin.emit('emit', '/', socket.id, 'disconnect')
    admin.emit('emit', '/', socket.id, 'still there')
    await next(socket, 'still there')
    assert.equal(admin.connected, true)
  }))
})
