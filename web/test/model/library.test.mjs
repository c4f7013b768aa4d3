import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Library } from '../../src/model/library.js'

function build() {
  const asked = []
  const action = { ask: async ({ id }) => { asked.push(id); return { id } } }
  return { asked, library: new Library({ apiLoad: action, apiElementDetails: action }) }
}

test('what was loaded is not asked for again, and is there at once', async () => {
  const { library, asked } = build()
  assert.equal(library.knownElement('x'), undefined)
  await library.element('x')
  await library.element('x')
  assert.deepEqual(asked, ['x'])
  assert.deepEqual(library.knownElement('x'), { id: 'x' })
  assert.equal(library.knownApi('x'), undefined)
})

test('the fifty used last are kept', async () => {
  const { library } = build()
  for (let count = 0; count < 50; count++) await library.element(`e${count}`)
  await library.element('e0')
  await library.element('new')
  assert.ok(library.knownElement('e0'))
  assert.equal(library.knownElement('e1'), undefined)
})

test('after a change of the catalogue all is asked for again', async () => {
  const { library, asked } = build()
  await library.api('x')
  library.clear()
  await library.api('x')
  assert.deepEqual(asked, ['x', 'x'])
})
