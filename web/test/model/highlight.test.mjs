import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highlight, linesOf, loadHighlighter, splitLines } from '../../src/model/highlight.js'

test('the lines that a range touches', () => {
  const code = 'a\nbb\nccc\n'
  assert.deepEqual(linesOf(code, [2, 4]), [1, 1])
  assert.deepEqual(linesOf(code, [2, 5]), [1, 1]) // with its line end
  assert.deepEqual(linesOf(code, [0, 8]), [0, 2])
  assert.equal(linesOf(code, [3, 3]), null)
  assert.equal(linesOf(code, null), null)
})

test('pieces that span lines are cut', () => {
  assert.deepEqual(splitLines([['a\nb', 'str'], ['\n', undefined], ['c', 'num']]), [[['a', 'str']], [['b', 'str']], [['c', 'num']]])
})

test('plain until the highlighter is there, coloured after, with the same text', async () => {
  const code = '{\n  "a": 1\n}'
  const text = (lines) => lines.map((line) => line.map(([piece]) => piece).join('')).join('\n')
  assert.deepEqual(highlight(code, 'json', () => {}), [[['{']], [['  "a": 1']], [['}']]])
  await loadHighlighter()
  const lines = await new Promise((done) => {
    highlight(code, 'json', () => done(highlight(code, 'json', () => {})))
  })
  assert.equal(text(lines), code)
  assert.deepEqual(lines[1].filter(([, type]) => type).map(([piece, type]) => `${piece} ${type}`), ['"a" var', '1 num'])
})
