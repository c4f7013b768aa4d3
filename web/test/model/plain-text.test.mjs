import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainText } from '../../src/model/plain-text.js'

test('marks of Markdown and HTML are taken away', () => {
  assert.equal(plainText('# Title\n\nSee [the docs](/x) for `code`, **bold**\nand <b>tags</b>.'), 'Title See the docs for code, bold and tags .')
  assert.equal(plainText('- one\n- two\n1. three'), 'one two three')
  assert.equal(plainText('snake_case_name stays, 2 * 3 * 4 too'), 'snake_case_name stays, 2 * 3 * 4 too')
})
