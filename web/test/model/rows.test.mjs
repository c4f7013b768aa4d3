import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupsInAll, groupsInApi, rowsOf, totalOf } from '../../src/model/rows.js'

const hit = (kind, name) => ({ kind, name, id: `x/${kind}/${name}` })
const totals = { api: 1, object: 2, property: 9, parameter: 3, endpoint: 0 }

test('totals: parameters count with the properties', () => {
  assert.equal(totalOf(totals, 'property'), 12)
  assert.equal(totalOf(totals, 'everything'), 14)
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

test('Everything: at most six rows of a kind; a kind without a row among the best is still reached', () => {
  const hits = Array.from({ length: 20 }, (_, place) => hit('endpoint', `/${place}`))
  const groups = groupsInApi({ hits, totals: { ...totals, endpoint: 20 } }, 'everything')
  assert.deepEqual(groups.map(({ kind, rows }) => [kind, rows.length]), [['endpoint', 7], ['object', 1], ['property', 1]])
  assert.equal(groups[1].rows[0].kind, 'more')
})

test('a filter: one group with all that was sent', () => {
  const hits = Array.from({ length: 9 }, (_, place) => hit('property', `p${place}`))
  const [group, ...others] = groupsInApi({ hits, totals }, 'property')
  assert.equal(others.length, 0)
  assert.deepEqual([group.total, group.rows.length], [12, 9])
})

test('all APIs: the APIs first, with what matched in their names, then the elements without them', () => {
  const apis = [{ name: 'Kubernetes', score: 1, definition: { id: 'kubernetes.io', title: 'Kubernetes', summary: 'Containers.', endpoints: 1, objects: 2 } }]
  const groups = groupsInAll(apis, { hits: [hit('api', 'kubernetes.io'), hit('object', 'A')], totals }, 'BERN')
  assert.deepEqual(groups.map(({ kind }) => kind), ['api', 'all'])
  assert.deepEqual(groups[0].rows[0].ranges, [[2, 6]])
  assert.equal(groups[0].rows[0].summary, 'Containers.')
  assert.deepEqual(rowsOf(groups).map(({ kind }) => kind), ['api', 'object'])
})

test('nothing found, no group', () => {
  assert.deepEqual(groupsInAll([], { hits: [], totals: {} }, 'x'), [])
})
