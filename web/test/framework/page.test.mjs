import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Page } from '../../src/framework/page.js'
import { fakePage } from './fake-dom.mjs'

class Counter extends Page {
  views = 0

  view() {
    this.views++
    return `${this.state.count}`
  }

  title() {
    return `Count ${this.state.count}`
  }
}

const turn = () => new Promise((done) => setTimeout(done))

test('many changes of one turn are shown once, title and all', async () => {
  const page = fakePage()
  const counter = new Counter({ root: page.root }, { count: 0 })
  counter.set({ count: 1 })
  counter.set({ count: 2 })
  assert.equal(counter.views, 0)
  await turn()
  assert.equal(counter.views, 1)
  assert.equal(page.root.text, '2')
  assert.equal(page.title, 'Count 2')
})

test('a page that was left shows nothing more', async () => {
  const page = fakePage()
  const counter = new Counter({ root: page.root }, { count: 0 })
  counter.leave()
  counter.set({ count: 1 })
  await turn()
  assert.equal(counter.views, 0)
})
