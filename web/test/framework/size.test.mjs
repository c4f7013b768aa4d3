import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'

const folder = new URL('../../src/framework/', import.meta.url)
const files = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))

test('the framework has at most 500 lines', () => {
  const lines = files.reduce((sum, text) => sum + text.trimEnd().split('\n').length, 0)
  assert.ok(lines <= 500, `${lines} lines`)
})

test('the framework imports nothing but itself', () => {
  for (const text of files) {
    for (const [, module] of text.matchAll(/from '([^']+)'/g)) assert.match(module, /^\.\/[a-z]+\.js$/)
  }
})
