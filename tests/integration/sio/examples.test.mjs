// The programs of sio/examples, each asked by the official client for what its first comment promises.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { ask, next } from './server.mjs'

const { io } = createRequire(import.meta.url)('socket.io-client')
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
const build = resolve(root, process.env.APIBLAZE_BUILD ?? 'build/release')

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

/** Runs an example while `use` is at work; it must end well when it is told to. `connect` gives a client of it. */
async function withExample(name, use, end = (child) => child.kill('SIGTERM')) {
  const port = await freePort()
  const child = spawn(join(build, 'examples', name), [String(port)], { cwd: join(root, 'sio/examples'), stdio: ['pipe', 'inherit', 'inherit'] })
  const ended = new Promise((done) => child.on('close', (code, signal) => done(signal ?? code)))
  const sockets = []
  const connect = async (namespace = '/', options = {}) => {
    // The server may not listen yet, so the first attempt may fail.
    const socket = io(`http://127.0.0.1:${port}${namespace}`, { forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 50, ...options })
    sockets.push(socket)
    const early = []
    socket.onAny((...event) => early.push(event))
    await next(socket, 'connect')
    /** An event that has come already, or will. */
    socket.heard = (event) => {
      const found = early.find(([name]) => name === event)
      return found ? Promise.resolve(found.slice(1)) : next(socket, event)
    }
    return socket
  }
  try {
    await use({ connect, child, url: `http://127.0.0.1:${port}` })
  } finally {
    for (const socket of sockets) socket.close()
    end(child)
    assert.equal(await ended, 0)
  }
}

describe('examples', { timeout: 60000 }, () => {
  test('search', () => withExample('search', async ({ connect, url }) => {
    const one = await connect('/', { auth: { token: 'any' } }), two = await connect('/', { auth: { token: 'any' } })
    const told = two.heard('searched')
    assert.deepEqual(await ask(one, 'search', 'pets'), [['petstore', 'petfinder']])
    assert.deepEqual(await told, ['pets'])
    assert.match(await (await fetch(`${url}/`)).text(), /<title>Search/)
    const refused = io(url, { forceNew: true, reconnection: false })
    assert.equal((await next(refused, 'connect_error'))[0].message, 'token missing')
    refused.close()
  }))

  test('chat', () => withExample('chat', async ({ connect }) => {
    const ada = await connect(), alan = await connect()
    const joined = next(ada, 'joined')
    assert.deepEqual(await ask(alan, 'name', 'Alan'), [null])
    assert.deepEqual(await joined, ['Alan'])
    assert.deepEqual(await ask(ada, 'name', 'x'.repeat(32)), ['This name is too long.'])
    assert.deepEqual(await ask(ada, 'name', 7), ['A name is a text.'])
    ada.emit('message', 'I have no name, so nobody reads this')
    const heard = next(ada, 'message')
    alan.emit('message', 'Hello!')
    assert.deepEqual(await heard, ['Alan', 'Hello!'])
    const left = next(ada, 'left')
    alan.close()
    assert.deepEqual(await left, ['Alan', 'client namespace disconnect'])
  }))

  test('own_loop', () => withExample('own_loop', async ({ connect, child }) => {
    const socket = await connect()
    const lines = []
    const all = new Promise((done) => socket.on('line', (text) => lines.push(text) === 4 && done()))
    child.stdin.write('one\ntwo\nthr')
    child.stdin.write('ee\n')
    child.stdin.write('x'.repeat(5000) + '\n')
    await all
    assert.deepEqual(lines.slice(0, 3), ['one', 'two', 'three'])
    assert.equal(lines[3].length, 4095)
    const closed = next(socket, 'disconnect')
    child.stdin.end()
    await closed
  }, (child) => child.stdin.end()))

  test('ack', () => withExample('ack', async ({ connect }) => {
    const socket = await connect()
    assert.deepEqual(await ask(socket, 'add', 1, 2, 39), [42])
    assert.deepEqual(await ask(socket, 'factor', 1000001), [101, 9901])
    assert.deepEqual(await ask(socket, 'factor', 999999937), [999999937, 1])
    assert.deepEqual(await ask(socket, 'factor', -1), ['not such a number'])
    assert.deepEqual(await socket.heard('welcome'), ['stranger'])
    const named = io(socket.io.uri, { forceNew: true })
    named.on('name?', (answer) => answer('Ada'))
    assert.deepEqual(await next(named, 'welcome'), ['Ada'])
    named.close()
  }))

  test('http', () => withExample('http', async ({ connect, url }) => {
    const socket = await connect()
    const heard = next(socket, 'note')
    assert.equal((await fetch(`${url}/notes/1`)).status, 404)
    assert.equal((await fetch(`${url}/notes/1`, { method: 'PUT', body: 'buy tea' })).status, 204)
    assert.deepEqual(await heard, [1, 'buy tea'])
    assert.equal(await (await fetch(`${url}/notes/1`)).text(), 'buy tea')
    assert.equal((await fetch(`${url}/notes/1`, { method: 'PUT', body: 'x'.repeat(201) })).status, 400)
    assert.equal((await fetch(`${url}/notes/1`, { method: 'DELETE' })).status, 405)

    await fetch(`${url}/socket.io/?EIO=4&transport=pigeon`)
    const metrics = await fetch(`${url}/metrics`)
    assert.equal(metrics.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
    const text = await metrics.text()
    // Every line is a comment or a sample, and every name has its type before it (Prometheus text format 0.0.4).
    const typed = new Set()
    for (const line of text.trimEnd().split('\n')) {
      const [, type] = line.match(/^# TYPE (\w+) (?:gauge|counter)$/) ?? []
      if (type) typed.add(type)
      else if (!line.startsWith('# HELP ')) assert.ok(typed.has(line.match(/^(\w+)(?:\{(?:\w+="[^"]*",?)+\})? \d+$/)?.[1]), line)
    }
    const value = (name) => Number(text.split('\n').find((line) => line.startsWith(`${name} `)).split(' ')[1])
    assert.equal(value('sio_sockets'), 1)
    assert.equal(value('sio_sessions_total'), 1)
    assert.equal(value('sio_handshake_errors_total{code="0"}'), 1)
    assert.equal(value('sio_handshake_errors_total{code="1"}'), 0)
    assert.ok(value('sio_http_requests_total') >= 7)
    assert.ok(value('sio_packets_total{direction="out"}') >= 2)
  }))

  test('rooms', () => withExample('rooms', async ({ connect }) => {
    const [tea, both, none] = [await connect('/topics'), await connect('/topics'), await connect('/topics')]
    for (const [socket, topic] of [[tea, 'tea'], [both, 'tea'], [both, 'coffee']]) assert.deepEqual(await ask(socket, 'read', topic), [true])
    assert.deepEqual(await ask(none, 'read', 'beer'), [false])
    const news = { tea: [], both: [], none: [] }
    for (const [name, socket] of Object.entries({ tea, both, none })) socket.on('news', (text) => news[name].push(text))
    none.emit('write', ['tea', 'coffee'], 'once')
    await ask(none, 'forget', 'tea')
    await ask(tea, 'forget', 'tea')
    none.emit('write', ['tea'], 'again')
    none.emit('write', ['juice'], 'nobody')
    await ask(none, 'forget', 'tea')
    for (const socket of [tea, both]) await ask(socket, 'forget', 'water')
    assert.deepEqual(news, { tea: ['once'], both: ['once', 'again'], none: [] })
  }))
})
