import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describe, element } from '../../src/framework/element.js'

const identities = (nodes) => nodes.map(({ identity }) => identity)

test('children: nothing is left out, numbers become text, lists become flat', () => {
  const { children } = element('p', null, 'a', null, false, undefined, '', 0, ['b', [element('i')]])
  assert.deepEqual(children.map(({ tag, text }) => text ?? tag), ['a', '0', 'b', 'i'])
})

test('the key is no attribute', () => {
  const node = element('li', { key: 7, class: 'x' })
  assert.deepEqual(node.props, { class: 'x' })
  assert.equal(node.key, 7)
})

test('identities: keys stay with their nodes, others count by tag, equal keys are told apart', () => {
  const first = identities(describe([element('li', { key: 'a' }), element('p'), element('li', { key: 'b' }), element('p')]))
  const second = identities(describe([element('p'), element('li', { key: 'b' }), element('p'), element('li', { key: 'a' })]))
  assert.deepEqual([...first].sort(), [...second].sort())
  assert.equal(new Set(identities(describe([element('li', { key: 1 }), element('li', { key: 1 })]))).size, 2)
})
