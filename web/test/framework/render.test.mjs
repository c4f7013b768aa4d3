import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kept, element } from '../../src/framework/element.js'
import { render } from '../../src/framework/render.js'
import { fakePage } from './fake-dom.mjs'

const list = (...keys) => element('ul', null, keys.map((key) => element('li', { key }, key)))

test('shows text, elements and attributes', () => {
  const { root } = fakePage()
  render(root, [element('a', { href: '/x', hidden: true, title: null, rel: false }, 'to ', element('b', null, 'x')), 'end'])
  const [link, text] = root.childNodes
  assert.deepEqual(link.attributes, { href: '/x', hidden: '' })
  assert.equal(link.text, 'to x')
  assert.equal(text.data, 'end')
})

test('attributes change, appear and go', () => {
  const { root } = fakePage()
  render(root, element('a', { href: '/1', title: 't' }))
  const [link] = root.childNodes
  render(root, element('a', { href: '/2', id: 'i' }))
  assert.equal(root.firstChild, link)
  assert.deepEqual(link.attributes, { href: '/2', id: 'i' })
})

test('keyed elements keep their DOM element through any order', () => {
  const { root } = fakePage()
  render(root, list('a', 'b', 'c', 'd'))
  const ul = root.firstChild
  const before = new Map(ul.childNodes.map((child) => [child.text, child]))
  for (const order of ['dcba', 'bd', 'xbyd', 'abcd', 'cadb']) {
    render(root, list(...order))
    assert.equal(ul.text, order)
    for (const key of 'bd') if (order.includes(key)) assert.equal(ul.childNodes[order.indexOf(key)], before.get(key))
  }
})

test('nothing moves when nothing changed, or when something is appended', () => {
  const page = fakePage()
  render(page.root, list('a', 'b'))
  page.moves = 0
  render(page.root, list('a', 'b'))
  assert.equal(page.moves, 0)
  render(page.root, list('a', 'b', 'c'))
  assert.equal(page.moves, 2) // the item into the list, its text into the item
})

test('a focused field that is moved keeps focus and caret', () => {
  const page = fakePage()
  const field = element('input', { key: 'field' })
  render(page.root, [element('p', { key: 'p' }), field])
  const input = page.root.childNodes[1]
  input.focus()
  input.setSelectionRange(2, 4)
  render(page.root, [element('input', { key: 'field' }), element('p', { key: 'p' }), element('p', { key: 'q' })])
  assert.equal(page.activeElement, input)
  assert.deepEqual([input.selectionStart, input.selectionEnd], [2, 4])
})

test('a value is written only when the field shows another: the caret stays', () => {
  const { root } = fakePage()
  render(root, element('input', { value: 'a' }))
  const input = root.firstChild
  let writes = 0
  let shown = input.value
  Object.defineProperty(input, 'value', { get: () => shown, set: (value) => { shown = value; writes++ } })
  shown = 'ab' // typed
  render(root, element('input', { value: 'ab' }))
  assert.equal(writes, 0)
  render(root, element('input', { value: '' }))
  assert.equal(shown, '')
})

test('listeners: the newest is called, one that is gone is not', () => {
  const { root } = fakePage()
  const calls = []
  render(root, element('button', { onClick: () => calls.push(1) }))
  const button = root.firstChild
  render(root, element('button', { onClick: () => calls.push(2) }))
  button.fire('click')
  render(root, element('button', {}))
  button.fire('click')
  assert.deepEqual(calls, [2])
  assert.equal(button.listeners.click.length, 1)
})

test('a fragment: its copy is set once, replaced by children and back', () => {
  const { root, ...page } = fakePage()
  const fragmentOf = (text) => ({ cloneNode: () => page.createTextNode(text) })
  const fragment = fragmentOf('x')
  render(root, element('div', { fragment }))
  const box = root.firstChild
  const shown = box.firstChild
  assert.equal(box.text, 'x')
  render(root, element('div', { fragment }))
  assert.equal(box.firstChild, shown)
  render(root, element('div', {}, 'text'))
  assert.equal(box.text, 'text')
  render(root, element('div', { fragment: fragmentOf('y') }))
  assert.equal(box.text, 'y')
})

test('what is inside an svg belongs to its namespace', () => {
  const { root } = fakePage()
  render(root, element('svg', null, element('path', { d: 'M0 0' })))
  assert.match(root.firstChild.namespaceURI, /svg$/)
  assert.match(root.firstChild.firstChild.namespaceURI, /svg$/)
})

test('use is called after every update, when all is in place', () => {
  const { root } = fakePage()
  const seen = []
  const show = (text) => render(root, element('p', { use: (target) => seen.push([target.isConnected, target.text]) }, text))
  show('a')
  show('b')
  assert.deepEqual(seen, [[true, 'a'], [true, 'b']])
})

test('what was kept is not looked at again, and survives being away', () => {
  const { root } = fakePage()
  const kept = new Kept()
  let made = 0
  const show = (input, isThere = true) => render(root, [isThere && kept.of([input], () => [made++, element('p', null, `${input}`)]), 'end'])
  show(1)
  show(1)
  assert.equal(made, 1)
  show(1, false)
  assert.equal(root.text, 'end')
  show(1)
  assert.equal(root.text, '01end')
  show(2)
  assert.deepEqual([made, root.text], [2, '12end'])
})
