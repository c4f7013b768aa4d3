// The official clients 2.5, 3.1 and 4.8 against the server, each over polling, WebSocket, and with the upgrade between.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { ask, clients, connect, next, settle, startServer, transports } from './server.mjs'

let server
before(async () => { server = await startServer('--port', '0', '--ping-interval', '250', '--ping-timeout', '5000') })
after(async () => { assert.equal(await server.stop(), 0) })

const texts = ['', 'plain', 'é€😀', '"quoted"\n\t\\', '\u2028\u2029', 'nul\u0000inside', 'ÿ'.repeat(300)]

const bytesOf = (value) => Buffer.from(value.buffer ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value)

for (const version of Object.keys(clients)) {
  for (const transport of Object.keys(transports)) {
    const open = (namespace, options) => connect(server, version, transport, namespace, options)

    describe(`socket.io-client ${version}, ${transport}`, { timeout: 30000 }, () => {
      test('connects, and ends on the transport it wants', async () => {
        const socket = await open()
        const [id, , protocol] = await settle(socket, transport)
        assert.equal(id, socket.id)
        assert.equal(protocol, version === '2' ? 3 : 4)
        socket.close()
      })

      test('events carry texts, numbers and structures', async () => {
        const socket = await open()
        for (const value of [...texts, 0, -1.5, 1e21, true, false, null, [], {}, { a: [{ b: 'é' }] }]) {
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
        socket.on('bounce', (number) => heard.push(number))
        for (let number = 0; number < 200; number++) {
          socket.emit('bounce', number)
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
        const text = 'x€'.repeat(200000)
        assert.ok((await ask(socket, 'echo', text))[0] === text)
        const bytes = Buffer.alloc(700000, 'binary')
        assert.ok(bytesOf((await ask(socket, 'echo', bytes))[0]).equals(bytes))
        socket.close()
      })

      test('namespaces over one connection', async () => {
        const socket = await open()
        const custom = socket.io.socket('/custom'), dynamic = socket.io.socket('/dyn-12')
        await Promise.all([next(custom, 'auth'), next(dynamic, 'auth')])
        assert.deepEqual(await ask(custom, 'echo', 1), [1])
        assert.deepEqual(await ask(dynamic, 'echo', 2), [2])
        const [id] = await ask(custom, 'whoami')
        assert.equal(id, custom.id)
        custom.disconnect()
        await server.saw('disconnect /custom client namespace disconnect')
        assert.deepEqual(await ask(socket, 'echo', 3), [3])
        socket.close()
      })

      test('auth reaches the server', async () => {
        const socket = version === '2' ? await open('/custom?token=é') : await open('/custom', { auth: { token: 'é' } })
        assert.deepEqual(socket.greeting, { token: 'é' })
        socket.close()
      })

      test('a refusal tells why', async () => {
        await assert.rejects(open('/none'), /Invalid namespace/)
        const socket = clients[version](`${server.url}/denied`, { transports: transports[transport], forceNew: true, reconnection: false })
        const [error] = await next(socket, version === '2' ? 'error' : 'connect_error')
        if (version === '2') assert.deepEqual(error, { code: 7 })
        else assert.deepEqual([error.message, error.data], ['not allowed', { code: 7 }])
        socket.close()
      })

      test('rooms', async () => {
        const [one, two, three] = [await open(), await open(), await open()]
        const room = `room-${version}-${transport}`
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
        const namespace = `/dyn-${version}${Object.keys(transports).indexOf(transport)}`
        const kicked = await open(namespace)
        kicked.emit('kick')
        assert.equal((await next(kicked, 'disconnect'))[0], 'io server disconnect')
        await server.saw(`disconnect ${namespace} server namespace disconnect`)
        kicked.close()
        const thrown = await open(namespace)
        thrown.emit('kickhard')
        assert.equal((await next(thrown, 'disconnect'))[0], 'io server disconnect')
        await server.saw(`disconnect ${namespace} server namespace disconnect`)
        const leaving = await open(namespace)
        leaving.disconnect()
        await server.saw(`disconnect ${namespace} client namespace disconnect`)
        const broken = await open(namespace)
        await settle(broken, transport)
        broken.io.engine.close()
        await server.saw(`disconnect ${namespace} transport close`)
      })

      test('heartbeats keep it alive', async () => {
        const socket = await open()
        await settle(socket, transport)
        const id = socket.id
        // Clients of Engine.IO 3 ask and hear pongs, later ones are asked and hear pings.
        await new Promise((done) => {
          let beats = 0
          socket.io.engine.on('packet', ({ type }) => {
            if (type === (version === '2' ? 'pong' : 'ping') && ++beats === 3) done()
          })
        })
        assert.equal(socket.connected, true)
        assert.deepEqual(await ask(socket, 'echo', 1), [1])
        assert.equal(socket.id, id)
        socket.close()
      })
    })
  }
}
