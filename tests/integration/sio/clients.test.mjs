// The official clients 1.7, 2.5, 3.1 and 4.8, and 4.8 with MessagePack, each over polling, WebSocket, and with the upgrade
// between, with binary frames and with base64 in their place.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { ask, clients, connect, isOld, next, parsers, settle, startServer, transports } from './server.mjs'

const flavours = [...Object.keys(clients).map((version) => ({ version, name: 'text' })), { version: '4', name: 'MessagePack' }]

const texts = ['', 'plain', 'é€😀', '"quoted"\n\t\\', '\u2028\u2029', 'nul\u0000inside', 'ÿ'.repeat(300)]
const numbers = [0, -1, 1.5, -1.5, 65536, 2 ** 40]
const others = [true, false, null, [], {}, { a: [{ b: 'é' }] }]

const bytesOf = (value) => Buffer.from(value.buffer ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value)

/** What every client is to do. `open(namespace, options)` connects one; `name` is different for each suite. */
function suite(server, name, version, transport, defaults) {
  const open = (namespace, options) => connect(server(), version, transport, namespace, { ...defaults, ...options })
  const refusalOf = (socket) => next(socket, isOld(version) ? 'error' : 'connect_error')

  test('connects, and ends on the transport it wants', async () => {
    const socket = await open()
    const [id, , protocol] = await settle(socket, transport)
    assert.equal(id, socket.id)
    assert.equal(protocol, isOld(version) ? 3 : 4)
    // 1.7 asks for base64, and sends bytes over a WebSocket all the same.
    if (defaults.forceBase64 && version !== '1') assert.equal(socket.io.engine.transport.supportsBinary, false)
    socket.close()
  })

  test('events carry texts, numbers and structures', async () => {
    const socket = await open()
    const huge = defaults.parser ? [] : [1e21] // notepack writes the lowest 64 bits of it
    for (const value of [...texts, ...numbers, ...huge, ...others]) {
      socket.emit('bounce', value, 'end')
      assert.deepEqual(await next(socket, 'bounce'), [value, 'end'])
    }
    socket.emit('bounce')
    assert.deepEqual(await next(socket, 'bounce'), [])
    socket.close()
  })

  test('events stay in order, also across the upgrade', async () => {
    const socket = await open()
    const heard = []
    socket.on('bounce', (number) => heard.push(bytesOf(number).readUInt8()))
    for (let number = 0; number < 200; number++) {
      socket.emit('bounce', Buffer.from([number]))
      if (number % 20 === 0) await ask(socket, 'echo')
    }
    await ask(socket, 'echo')
    assert.deepEqual(heard, Array.from({ length: 200 }, (_, number) => number))
    socket.close()
  })

  test('acknowledgements both ways', async () => {
    const socket = await open()
    assert.deepEqual(await ask(socket, 'echo', 1, 'two', { three: 3 }), [1, 'two', { three: 3 }])
    assert.deepEqual(await ask(socket, 'echo'), [])
    socket.once('question', (number, bytes, answer) => answer(number, bytes, 'text'))
    const [verdict, number, bytes, text] = await ask(socket, 'askme')
    assert.deepEqual([verdict, number, [...bytesOf(bytes)], text], ['ok', 42, [9, 8, 7], 'text'])
    socket.close()
  })

  test('an answer that does not come in time is an error', async () => {
    const socket = await open()
    assert.deepEqual(await ask(socket, 'askme'), ['err'])
    socket.close()
  })

  test('an event that is decided about later keeps its place', async () => {
    const socket = await open()
    const heard = []
    let may = true
    socket.on('may', (answer) => { setTimeout(() => answer(may), 20) })
    socket.on('bounce', (...values) => heard.push(values))
    socket.emit('asked', 1, Buffer.from([1]))
    socket.emit('bounce', 2)
    assert.deepEqual(await ask(socket, 'echo', 3), [3])
    may = false
    socket.emit('asked', 4)
    socket.emit('bounce', 5)
    await ask(socket, 'echo')
    assert.deepEqual(heard.map(([number]) => number), [1, 2, 5])
    assert.deepEqual([...bytesOf(heard[0][1])], [1])
    socket.close()
  })

  test('binary both ways, at the top and inside', async () => {
    const socket = await open()
    await settle(socket, transport)
    const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 256))
    const [first, second, inside] = await ask(socket, 'echo', bytes, Buffer.alloc(0), { list: [1, { bytes }] })
    assert.ok(bytesOf(first).equals(bytes))
    assert.equal(bytesOf(second).length, 0)
    assert.ok(bytesOf(inside.list[1].bytes).equals(bytes))
    socket.emit('bounce', { bytes }, 'text')
    const [bounced, text] = await next(socket, 'bounce')
    assert.ok(bytesOf(bounced.bytes).equals(bytes))
    assert.equal(text, 'text')
    socket.close()
  })

  test('large payloads', async () => {
    const socket = await open()
    await settle(socket, transport)
    const text = 'x€'.repeat(100000) // 1.7 makes seven bytes of the two, and a megabyte is the limit
    assert.ok((await ask(socket, 'echo', text))[0] === text)
    const bytes = Buffer.alloc(700000, 'binary')
    assert.ok(bytesOf((await ask(socket, 'echo', bytes))[0]).equals(bytes))
    socket.close()
  })

  test('namespaces over one connection', async () => {
    const socket = await open()
    const custom = socket.io.socket('/custom'), dynamic = socket.io.socket(`/dyn-1${name}`)
    await Promise.all([next(custom, 'auth'), next(dynamic, 'auth')])
    assert.deepEqual(await ask(custom, 'echo', 1), [1])
    assert.deepEqual(await ask(dynamic, 'echo', 2), [2])
    const [id] = await ask(custom, 'whoami')
    assert.equal(id, version === '1' ? `/custom#${custom.id}` : custom.id) // 1.7 knows the connection's id alone
    dynamic.disconnect()
    await server().saw(`disconnect /dyn-1${name} client namespace disconnect`)
    assert.deepEqual(await ask(socket, 'echo', 3), [3])
    assert.deepEqual(await ask(custom, 'echo', 4), [4])
    socket.close()
  })

  test('auth reaches the server', async () => {
    const socket = isOld(version) ? await open('/custom?token=é') : await open('/custom', { auth: { token: 'é' } })
    assert.deepEqual(socket.greeting, { token: 'é' })
    socket.close()
  })

  test('a refusal tells why', async () => {
    await assert.rejects(open('/none'), /Invalid namespace/)
    const socket = clients[version](`${server().url}/denied`, { transports: transports[transport], forceNew: true, reconnection: false, ...defaults })
    const [error] = await refusalOf(socket)
    if (isOld(version)) assert.deepEqual(error, { code: 7 })
    else assert.deepEqual([error.message, error.data], ['not allowed', { code: 7 }])
    socket.close()
  })

  test('rooms', async () => {
    const [one, two, three] = [await open(), await open(), await open()]
    const room = `room-${name}`
    assert.deepEqual(await ask(one, 'join', room), ['joined'])
    assert.deepEqual(await ask(two, 'join', room), ['joined'])
    let stranger = false
    three.on('room', () => { stranger = true })
    const heard = Promise.all([next(one, 'room'), next(two, 'room')])
    one.emit('toroom', room, 'hello', Buffer.from([1, 2]))
    for (const [text, bytes] of await heard) assert.deepEqual([text, ...bytesOf(bytes)], ['hello', 1, 2])
    await ask(three, 'echo')
    assert.equal(stranger, false)
    for (const socket of [one, two, three]) socket.close()
  })

  test('both sides learn why a connection ends', async () => {
    const namespace = `/dyn-2${name}`
    const sawReason = (reason) => server().saw(`disconnect ${namespace} ${reason}`)
    for (const kick of ['kick', 'kickhard']) {
      const kicked = await open(namespace)
      kicked.emit(kick)
      assert.equal((await next(kicked, 'disconnect'))[0], 'io server disconnect')
      await sawReason('server namespace disconnect')
      kicked.close()
    }
    const leaving = await open(namespace)
    leaving.disconnect()
    await sawReason('client namespace disconnect')
    const garbling = await open(namespace)
    await settle(garbling, transport)
    garbling.io.engine.write('garbage')
    assert.match((await next(garbling, 'disconnect'))[0], /^transport (close|error)$/)
    await sawReason('parse error')
    const broken = await open(namespace)
    await settle(broken, transport)
    broken.io.engine.close()
    await sawReason('transport close')
  })

  test('a client whose connection ended comes back', async () => {
    const socket = await open('/', { reconnection: true, reconnectionDelay: 10, reconnectionDelayMax: 20 })
    const id = socket.id
    for (let time = 0; time < 2; time++) {
      await settle(socket, transport)
      const back = next(socket, 'auth')
      socket.io.engine.close()
      await back
    }
    assert.notEqual(socket.id, id)
    assert.deepEqual(await ask(socket, 'echo', 'again'), ['again'])
    socket.close()
  })

  test('heartbeats keep it alive', async () => {
    const socket = await open()
    await settle(socket, transport)
    const id = socket.id
    // Clients of Engine.IO 3 ask and hear pongs, later ones are asked and hear pings.
    await new Promise((done) => {
      let beats = 0
      socket.io.engine.on('packet', ({ type }) => {
        if (type === (isOld(version) ? 'pong' : 'ping') && ++beats === 3) done()
      })
    })
    assert.equal(socket.connected, true)
    assert.deepEqual(await ask(socket, 'echo', 1), [1])
    assert.equal(socket.id, id)
    socket.close()
  })
}

// Much of the time is waiting, so several suites run at once.
let count = 0
for (const { version, name: parser } of flavours) {
  const { options, flags } = parsers[parser]
  describe(`socket.io-client ${version}, ${parser}`, { concurrency: 4 }, () => {
    let server
    before(async () => { server = await startServer('--port', '0', '--ping-interval', '250', '--ping-timeout', '5000', ...flags) })
    after(async () => { assert.equal(await server.stop(), 0) })

    for (const transport of Object.keys(transports)) {
      for (const forceBase64 of [false, true]) {
        const name = String(++count)
        describe(`${transport}${forceBase64 ? ', base64' : ''}`, { timeout: 60000 }, () =>
          suite(() => server, name, version, transport, { ...options, forceBase64 }))
      }
    }
  })
}
