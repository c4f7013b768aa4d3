import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Recents } from '../../src/model/recents.js'

function fakeStorage(kept = null) {
  return { getItem: () => kept, setItem: (_, text) => { kept = text } }
}

const api = (id) => ({ id, title: id.toUpperCase(), version: '1' })

test('the latest first, each once, no more than eight', () => {
  const storage = fakeStorage()
  const recents = new Recents(() => storage)
  for (const id of 'abcdefghij') recents.remember({ ...api(id), description: 'not kept' })
  recents.remember(api('e'))
  assert.equal(recents.list().map(({ id }) => id).join(''), 'ejihgfdc')
  assert.deepEqual(recents.list()[0], api('e'))
  recents.forget('j')
  assert.equal(recents.list().length, 7)
})

test('storage that refuses, or holds nonsense, is no error', () => {
  const refusing = new Recents(() => { throw new Error('SecurityError') })
  refusing.remember(api('a'))
  assert.deepEqual(refusing.list(), [])
  for (const kept of ['{', '"text"', '[null, 1, {"id": 2}]']) assert.deepEqual(new Recents(() => fakeStorage(kept)).list(), [])
})
