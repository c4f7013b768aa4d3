import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Memory } from '../../src/model/memory.js'
import { Shelf } from '../../src/model/shelf.js'

function fakeStorage(kept = {}) {
  return { getItem: (name) => kept[name] ?? null, setItem: (name, text) => { kept[name] = text }, kept }
}

const item = (id) => ({ id, title: id.toUpperCase() })
const shelfOn = (storage, name = 'recent') => new Shelf(new Memory(() => storage), name, 8)

test('the latest first, each once, no more than there is room for', () => {
  const storage = fakeStorage()
  const recents = shelfOn(storage)
  for (const id of 'abcdefghij') recents.put(item(id))
  recents.put(item('e'))
  assert.equal(recents.list().map(({ id }) => id).join(''), 'ejihgfdc')
  assert.deepEqual(recents.list()[0], item('e'))
  assert.equal(recents.has('j'), true)
  recents.remove('j')
  assert.equal(recents.has('j'), false)
  assert.equal(recents.list().length, 7)
})

test('shelves stand apart, and are seen by another tab', () => {
  const storage = fakeStorage()
  shelfOn(storage).put(item('a'))
  shelfOn(storage, 'favourite').put(item('b'))
  assert.deepEqual(shelfOn(storage).list(), [item('a')])
  assert.deepEqual(Object.keys(storage.kept), ['apiblaze:recent', 'apiblaze:favourite'])
})

test('storage that refuses, or holds nonsense, is no error', () => {
  const refusing = new Shelf(new Memory(() => { throw new Error('SecurityError') }), 'recent', 8)
  refusing.put(item('a'))
  assert.deepEqual(refusing.list(), [])
  for (const kept of ['{', '"text"', '[null, 1, {"id": 2}]']) assert.deepEqual(shelfOn(fakeStorage({ 'apiblaze:recent': kept })).list(), [])
})
