import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { groupsInAll, groupsInApi, groupsToBegin, rowsOf, totalOf } from '../../src/model/rows.js'
import { use } from '../../src/model/texts.js'

use(JSON.parse(readFileSync(new URL('../../src/texts/en.json', import.meta.url), 'utf8')), 'en')
const hit = (kind, name) => ({ kind, name, id: `x/${kind}/${name}` })
const totals = { api: 1, object: 2, property: 9, parameter: 3, endpoint: 0 }

test('totals: parameters count with the properties', () => {
  assert.equal(totalOf(totals, 'property'), 12)
  assert.equal(totalOf(totals, 'everything'), 14)
  assert.equal(totalOf(totals, 'description'), 14)
  assert.equal(totalOf(totals, 'object'), 2)
  assert.equal(totalOf(undefined, 'object'), 0)
})

test('Everything: a group a kind, that of the best hit first, each with a row to the rest', () => {
  const hits = [hit('property', 'a'), hit('object', 'A'), hit('parameter', 'a'), hit('object', 'B')]
  const groups = groupsInApi({ hits, totals }, 'everything')
  assert.deepEqual(groups.map(({ kind }) => kind), ['property', 'object'])
  assert.deepEqual(groups[0].rows.map(({ kind, name }) => `${kind} ${name}`), ['property a', 'parameter a', 'more All 12 properties and parameters'])
  assert.deepEqual(groups[1].rows.map(({ name }) => name), ['A', 'B'])
})

test('Everything: at most five rows of a kind; a kind without a row among the best is still reached', () => {
  const hits = Array.from({ length: 20 }, (_, place) => hit('endpoint', `/${place}`))
  const groups = groupsInApi({ hits, totals: { ...totals, endpoint: 20 } }, 'everything')
  assert.deepEqual(groups.map(({ kind, rows }) => [kind, rows.length]), [['endpoint', 6], ['object', 1], ['property', 1]])
  assert.equal(groups[1].rows[0].kind, 'more')
})

test('a filter: one group with all that was sent', () => {
  const hits = Array.from({ length: 9 }, (_, place) => hit('property', `p${place}`))
  const [group, ...others] = groupsInApi({ hits, totals }, 'property')
  assert.equal(others.length, 0)
  assert.deepEqual([group.total, group.rows.length], [12, 9])
})

const api = (id, name) => ({ name, score: 1, definition: { id, title: name, description: '', endpoints: 1, objects: 2 } })

test('all APIs: those found by name first, then the others, then the elements without them', () => {
  const answer = { hits: [hit('object', 'A'), { ...hit('api', 'Kubernetes'), id: 'kubernetes.io' }], totals }
  const groups = groupsInAll([api('x', 'Bernina'), api('kubernetes.io', 'Kubernetes')], answer, 'BERN')
  assert.deepEqual(groups.map(({ kind }) => kind), ['api', 'all'])
  assert.deepEqual(groups[0].rows.map(({ id, endpoints }) => [id, endpoints]), [['kubernetes.io', 1], ['x', 1]])
  assert.deepEqual(groups[0].rows[1].ranges, [[0, 4]])
  assert.deepEqual(rowsOf(groups).map(({ kind }) => kind), ['api', 'api', 'object'])
})

test('nothing found, no group', () => {
  assert.deepEqual(groupsInAll([], { hits: [], totals: {} }, 'x'), [])
  assert.deepEqual(groupsInApi({ hits: [], totals: {} }, 'object'), [])
})

test('before anything is typed: queries, favourites, and what was used last', () => {
  const groups = groupsToBegin([{ text: 'Pod', about: 'An object', kind: 'object' }], [{ id: 'a', title: 'A', version: '1' }], [{ id: 'a/object/B', kind: 'object', title: 'B' }])
  assert.deepEqual(groups.map(({ kind }) => kind), ['query', 'favourite', 'recent'])
  assert.deepEqual(rowsOf(groups).map(({ kind, name }) => `${kind} ${name}`), ['query Pod', 'object B', 'api A'])
  assert.deepEqual(groupsToBegin([], [], []), [])
})
