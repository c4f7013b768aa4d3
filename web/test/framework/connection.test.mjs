import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { Action } from '../../src/framework/action.js'
import { AnswerError, Connection } from '../../src/framework/connection.js'

/** A socket whose server is the test: `sent` holds what waits for an answer. */
class FakeSocket extends EventEmitter {
  connected = false
  sent = []

  timeout() {
    return { emit: (event, argument, done) => this.sent.push({ event, argument, done }) }
  }

  connect() {
    this.connected = true
    super.emit('connect')
  }

  lose(reason = 'transport close') {
    this.connected = false
    for (const { done } of this.sent.splice(0)) done(new Error('socket has been disconnected')) // as the library does
    super.emit('disconnect', reason)
  }
}

function connected() {
  const socket = new FakeSocket()
  const connection = new Connection(socket)
  socket.connect()
  return { socket, connection }
}

test('a question gets its answer', async () => {
  const { socket, connection } = connected()
  const answer = connection.ask('double', 21)
  const { event, argument, done } = socket.sent[0]
  assert.deepEqual([event, argument], ['double', 21])
  done(null, 42)
  assert.equal(await answer, 42)
})

test('an error value rejects, with its code and the nearest', async () => {
  const { socket, connection } = connected()
  const answer = connection.ask('find', 'x')
  socket.sent[0].done(null, { error: { code: 'not-found', message: 'No x.', nearest: ['y'] } })
  await assert.rejects(answer, (error) => error instanceof AnswerError && error.code === 'not-found' && error.nearest[0] === 'y')
})

test('no answer in time rejects', async () => {
  const { socket, connection } = connected()
  const answer = connection.ask('find', 'x')
  socket.sent[0].done(new Error('operation has timed out'))
  await assert.rejects(answer, { code: 'timeout' })
})

test('questions put while offline, or cut off, are sent when the connection is back', async () => {
  const socket = new FakeSocket()
  const connection = new Connection(socket)
  const early = connection.ask('a', 1)
  assert.equal(socket.sent.length, 0)
  socket.connect()
  assert.equal(socket.sent.length, 1)
  const cut = connection.ask('b', 2)
  socket.lose()
  socket.connect()
  assert.deepEqual(socket.sent.map(({ event }) => event), ['a', 'b'])
  for (const { event, done } of socket.sent) done(null, `${event} answered`)
  assert.deepEqual(await Promise.all([early, cut]), ['a answered', 'b answered'])
})

test('online is unknown at first, and each change is told once', () => {
  const socket = new FakeSocket()
  const connection = new Connection(socket)
  const changes = []
  connection.watch((isOnline) => changes.push(isOnline))
  assert.equal(connection.isOnline, undefined)
  socket.emit('connect_error')
  socket.emit('connect_error')
  socket.connect()
  socket.lose()
  assert.deepEqual(changes, [false, true, false])
})

test('a server that closed on purpose is called again', () => {
  const { socket, connection } = connected()
  socket.lose('io server disconnect')
  assert.equal(socket.connected, true)
  assert.equal(connection.isOnline, true)
})

test('an action: of questions that replace each other the newest counts', async () => {
  const { socket, connection } = connected()
  const action = new Action(connection, 'search')
  const settled = []
  const first = action.askLatest({ keyword: 'a' })
  first.then(() => settled.push('first'))
  const second = action.askLatest({ keyword: 'ab' })
  assert.deepEqual(socket.sent.map(({ argument }) => argument.sequence), [1, 2])
  socket.sent[1].done(null, 'new')
  socket.sent[0].done(null, 'old')
  assert.equal(await second, 'new')
  await new Promise((done) => setTimeout(done))
  assert.deepEqual(settled, [])
})

test('an action: replaced questions are not sent after a reconnection', () => {
  const { socket, connection } = connected()
  const action = new Action(connection, 'search')
  socket.lose()
  action.askLatest({ keyword: 'a' })
  action.askLatest({ keyword: 'ab' })
  socket.connect()
  assert.deepEqual(socket.sent.map(({ argument }) => argument.keyword), ['ab'])
})
