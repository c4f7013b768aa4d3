import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Library } from '../../src/model/library.js'

function build() {
  const asked = []
  const ask = async ({ id }) => { asked.push(id); return { id } }
  return { asked, library: new Library({ apiLoad: { ask }, elementDetails: { ask, askLatest: ask } }) }
}

test('what was loaded is not asked for again, and is there at once', async () => {
  const { library, asked } = build()
  assert.equal(library.known('elementDetails', { id: 'x' }), undefined)
  await library.ask('elementDetails', { id: 'x' })
  await library.askLatest('elementDetails', { id: 'x' })
  assert.deepEqual(asked, ['x'])
  assert.deepEqual(library.known('elementDetails', { id: 'x' }), { id: 'x' })
  assert.equal(library.known('apiLoad', { id: 'x' }), undefined)
})

test('the fifty used last are kept, of each kind of question', async () => {
  const { library } = build()
  const known = (id) => library.known('elementDetails', { id })
  await library.ask('apiLoad', { id: 'api' })
  for (let count = 0; count < 50; count++) await library.ask('elementDetails', { id: `e${count}` })
  await library.ask('elementDetails', { id: 'e0' })
  await library.ask('elementDetails', { id: 'new' })
  assert.ok(known('e0'))
  assert.equal(known('e1'), undefined)
  assert.ok(library.known('apiLoad', { id: 'api' }))
})

test('after a change of the catalogue all is asked for again, what was under way too', async () => {
  const { library, asked } = build()
  await library.ask('apiLoad', { id: 'x' })
  const late = library.ask('apiLoad', { id: 'y' })
  library.clear()
  await late
  await library.ask('apiLoad', { id: 'x' })
  await library.ask('apiLoad', { id: 'y' })
  assert.deepEqual(asked, ['x', 'y', 'x', 'y'])
})
