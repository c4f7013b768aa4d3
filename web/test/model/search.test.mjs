import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Search } from '../../src/model/search.js'

const rows = (...names) => names.map((name) => ({ kind: 'object', id: name, key: name, name }))
const answer = (...names) => ({ groups: [{ rows: rows(...names) }], totals: {} })
const turn = () => new Promise((done) => setTimeout(done))

/** A search whose answers are given by hand: `asked` holds { query, resolve, reject }. */
function build() {
  const asked = []
  const chosen = []
  const search = new Search((query) => new Promise((resolve, reject) => asked.push({ query, resolve, reject })))
  search.page = { choose: (row, options) => chosen.push([row.id, Boolean(options.isNewTab)]), change: () => {} }
  const press = (key, more = {}) => search.press({ key, ...more })
  const type = async (text, ...names) => {
    search.type(text)
    asked.at(-1).resolve(answer(...names))
    await turn()
  }
  return { search, asked, chosen, press, type }
}

test('typing asks at once, opens, and activates the first row', async () => {
  const { search, asked, type } = build()
  await type(' pod ', 'Pod', 'PodSpec')
  assert.deepEqual(asked[0].query, { scope: null, text: 'pod', filter: 'everything' })
  assert.deepEqual([search.isOpen, search.active, search.rows.length], [true, 0, 2])
})

test('rows stay while the next answer is under way; an older answer that comes late is dropped', async () => {
  const { search, asked, type } = build()
  await type('p', 'P')
  search.type('po')
  search.type('pod')
  assert.equal(search.rows[0].id, 'P')
  asked[2].resolve(answer('Pod'))
  await turn()
  asked[1].resolve(answer('Po'))
  await turn()
  assert.equal(search.rows[0].id, 'Pod')
})

test('arrows wrap around, pages do not', async () => {
  const { search, press, type } = build()
  await type('x', ...'abcdefghijkl')
  press('ArrowUp')
  assert.equal(search.active, 11)
  press('ArrowDown')
  assert.equal(search.active, 0)
  press('PageDown')
  assert.equal(search.active, 8)
  press('PageDown')
  assert.equal(search.active, 11)
  press('PageUp')
  press('PageUp')
  assert.equal(search.active, 0)
})

test('Enter opens the active row and closes; with Ctrl in a new tab, and stays open', async () => {
  const { search, chosen, press, type } = build()
  await type('x', 'a', 'b')
  press('ArrowDown')
  press('Enter', { ctrlKey: true })
  assert.equal(search.isOpen, true)
  press('Enter')
  assert.deepEqual(chosen, [['b', true], ['b', false]])
  assert.equal(search.isOpen, false)
})

test('Enter before the answer opens its first row when it comes', async () => {
  const { search, asked, chosen, press } = build()
  search.type('pod')
  press('Enter')
  assert.deepEqual(chosen, [])
  asked[0].resolve(answer('Pod'))
  await turn()
  assert.deepEqual(chosen, [['Pod', false]])
})

test('going on typing takes the early Enter back', async () => {
  const { search, asked, chosen, press } = build()
  search.type('po')
  press('Enter')
  search.type('pod')
  asked[1].resolve(answer('Pod'))
  await turn()
  assert.deepEqual(chosen, [])
})

test('Escape closes, a second one clears, a third means nothing', async () => {
  const { search, press, type } = build()
  await type('x', 'a')
  assert.equal(press('Escape'), true)
  assert.deepEqual([search.isOpen, search.text], [false, 'x'])
  assert.equal(press('Escape'), true)
  assert.deepEqual([search.text, search.rows.length], ['', 0])
  assert.equal(press('Escape'), false)
})

test('an arrow opens what was closed, without asking again', async () => {
  const { search, asked, press, type } = build()
  await type('x', 'a')
  press('Escape')
  press('ArrowDown')
  assert.deepEqual([search.isOpen, asked.length], [true, 1])
})

test('keys of an input method are not ours', async () => {
  const { press, type } = build()
  await type('x', 'a')
  assert.equal(press('Enter', { isComposing: true }), false)
})

test('another filter asks again; the row that leads to all of a kind changes the filter', async () => {
  const { search, asked, chosen, press, type } = build()
  await type('x', 'a')
  search.rows = [{ kind: 'more', filter: 'property' }]
  press('Enter')
  assert.deepEqual(asked[1].query, { scope: null, text: 'x', filter: 'property' })
  assert.deepEqual([search.filter, search.isOpen, chosen.length], ['property', true, 0])
})

test('an empty field has no rows and no popup', async () => {
  const { search, asked, type } = build()
  await type('x', 'a')
  search.type('')
  assert.deepEqual([search.isOpen, search.rows.length, asked.length], [false, 0, 1])
})

test('a failure is kept until the next answer; opening asks again', async () => {
  const { search, asked } = build()
  search.type('x')
  asked[0].reject(new Error('no'))
  await turn()
  assert.equal(search.failure.message, 'no')
  search.close()
  search.open()
  asked[1].resolve(answer('a'))
  await turn()
  assert.equal(search.failure, null)
})

test('an address gives text and filter back, closed', async () => {
  const { search, type } = build()
  await type('x', 'a')
  search.restore({ scope: null, text: 'x', filter: 'everything' })
  assert.deepEqual([search.isOpen, search.rows.length], [false, 1])
  search.restore({ scope: null, text: 'y', filter: 'object' })
  assert.deepEqual([search.text, search.filter, search.rows.length], ['y', 'object', 0])
  search.restore({ scope: { id: 'a' }, text: 'y', filter: 'object' })
  assert.equal(search.scope.id, 'a')
})

test('what should have been typed is handed on', async () => {
  const { search, asked } = build()
  search.type('deploymnt')
  asked[0].resolve({ ...answer('Deployment'), suggestion: 'Deployment' })
  await turn()
  assert.equal(search.answered.suggestion, 'Deployment')
  search.type(search.answered.suggestion)
  assert.equal(asked[1].query.text, 'Deployment')
})

test('an arrow in the empty field shows what to begin with; a query there is typed', async () => {
  const { search, asked, chosen, press } = build()
  press('ArrowDown')
  assert.deepEqual([search.isOpen, asked[0].query.text], [true, ''])
  asked[0].resolve({ groups: [{ rows: [{ kind: 'query', name: 'pod' }] }], totals: {} })
  await turn()
  press('Enter')
  assert.deepEqual([search.text, asked[1].query.text, chosen.length], ['pod', 'pod', 0])
})

test('Tab closes and goes on', async () => {
  const { search, press, type } = build()
  await type('x', 'a')
  assert.equal(press('Tab'), false)
  assert.equal(search.isOpen, false)
})

test('another scope asks again; the rows stay until then', async () => {
  const { search, asked, type } = build()
  await type('x', 'a')
  search.scope = { id: 'api' }
  search.open()
  assert.deepEqual([asked[1].query.scope.id, search.rows.length], ['api', 1])
})

test('Alt and an arrow turn the row to another version, round and round', async () => {
  const { search, chosen, press, type } = build()
  await type('x', 'a', 'b')
  search.rows[0].versions = [{ id: 'a', version: 'v1' }, { id: 'a2', version: 'v2' }]
  press('ArrowDown', { altKey: true })
  assert.deepEqual([search.rows[0].id, search.active], ['a2', 0])
  press('ArrowDown', { altKey: true })
  press('ArrowUp', { altKey: true })
  press('Enter')
  assert.deepEqual(chosen, [['a2', false]])
})

test('the results are walked without the popup, from the element that is shown', async () => {
  const { search, asked, chosen, type } = build()
  await type('x', 'a', 'b', 'c')
  search.close()
  await search.step(1, 'b')
  await search.step(1, 'c')
  assert.deepEqual(chosen, [['c', false]])
  search.restore({ scope: null, text: 'y', filter: 'everything' })
  const step = search.step(-1, 'b')
  asked.at(-1).resolve(answer('a', 'b'))
  await step
  assert.deepEqual(chosen.at(-1), ['a', false])
})
