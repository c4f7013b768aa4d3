import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highlight, linesOf, splitLines } from '../../src/model/highlight.js'

const coloured = (code, language) => highlight(code, language).flatMap((line) => line.filter(([, type]) => type).map(([piece, type]) => `${piece} ${type}`))
const textOf = (lines) => lines.map((line) => line.map(([piece]) => piece).join('')).join('\n')

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

const CASES = [
  ['json', '{\n  "a": 1, "b": "x: y", "c": [true, null]\n}', ['"a" var', '1 num', '"b" var', '"x: y" str', '"c" var', 'true bool', 'null bool']],
  ['yaml', 'kind: Pod # of it\n- name: "a"\n  url: http://x/#y', ['kind var', '# of it cmnt', '- name var', '"a" str', '  url var', 'Pod class']],
  ['bash', 'ID=7\ncurl -X POST "https://h/$ID" # go', ['7 num', '-X kwd', '"https://h/$ID" str', '# go cmnt']],
  ['py', 'import requests\nrequests.post("u")  # it', ['import kwd', 'post func', '"u" str', '# it cmnt']],
  ['c', '#include <curl/curl.h>\nint main(void) { return 0; /* no */ }', ['#include kwd', 'int kwd', 'main func', 'void kwd', 'return kwd', '0 num', '/* no */ cmnt']],
]

for (const [language, code, wanted] of CASES) {
  test(`${language}: what a word is is told, and no letter is lost`, () => {
    assert.equal(textOf(highlight(code, language)), code)
    const pieces = coloured(code, language)
    for (const piece of wanted) assert.ok(pieces.includes(piece), `${piece} in ${pieces}`)
  })
}

test('what is no language, and what is endless, stays plain', () => {
  assert.deepEqual(coloured('a "b"', 'text'), [])
  assert.equal(highlight('"a"\n'.repeat(30_000), 'json')[0][0][1], undefined)
  const start = performance.now()
  for (const piece of ['"', "'", '/*', '\\', 'a:', '$', '`', '"\\']) assert.equal(textOf(highlight(piece.repeat(20_000), 'js')), piece.repeat(20_000))
  assert.ok(performance.now() - start < 60_000) // a pattern that goes back and forth takes minutes
})
