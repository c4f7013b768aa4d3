import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { formatCount, formatVersion, listOf, said, t, use } from '../../src/model/texts.js'

const source = new URL('../../src/', import.meta.url)
const read = (name) => JSON.parse(readFileSync(new URL(`texts/${name}`, source), 'utf8'))
const languages = readdirSync(new URL('texts/', source)).map((file) => ({ code: file.replace('.json', ''), texts: read(file) }))
const english = read('en.json')
const isText = (value) => typeof value === 'string' || Boolean(value.other)
const formsOf = (value) => (typeof value === 'string' ? [value] : Object.values(value))
const placesOf = (value) => [...new Set(formsOf(value).flatMap((form) => form.match(/{\w+}/g) ?? []))].sort()

test('places are filled, numbers and plurals by the language', () => {
  use({ a: '{x} of {count}', b: { one: '{count} thing', other: '{count} things' }, list: [1] }, 'en')
  assert.equal(t('a', { x: 'one', count: 1234 }), 'one of 1,234')
  assert.deepEqual([t('b', { count: 1 }), t('b', { count: 0 })], ['1 thing', '0 things'])
  assert.equal(t('a', {}), ' of ')
  assert.deepEqual([listOf('list'), listOf('none'), t('none')], [[1], [], 'none'])
  use({ b: { one: '{count} Ding', other: '{count} Dinge' } }, 'de')
  assert.deepEqual([t('b', { count: 1234.5 }), formatCount(1e6)], ['1.234,5 Dinge', '1.000.000'])
})

test('an element in a place makes it a list of parts', () => {
  use({ a: 'Nothing has {x}.' }, 'en')
  assert.deepEqual(t('a', { x: { tag: 'q' } }), ['Nothing has ', { tag: 'q' }, '.'])
})

test('sentences of the server are told in the language', () => {
  use({ said: [['(.+), (.+)', '$1, $2'], ['at most (\\d+) characters( long)?', 'höchstens $1 Zeichen$2']] }, 'de')
  assert.equal(said('at most 63 characters'), 'höchstens 63 Zeichen')
  assert.equal(said('at most 6 characters, at most 63 characters'), 'höchstens 6 Zeichen, höchstens 63 Zeichen')
  assert.equal(said('at most 63 characters or so'), 'at most 63 characters or so')
})

test('a version that is a moment is told as a day', () => {
  use({}, 'de')
  assert.equal(formatVersion('Wed Oct 15 2025 13:53:19 GMT+0000 (Coordinated Universal Time)'), '15.10.2025')
  assert.equal(formatVersion('2024-03-01T09:00:00Z'), '01.03.2024')
  assert.deepEqual(['1.1.4', '2022-11-28', 'v1beta1', 'unversioned', undefined].map(formatVersion), ['1.1.4', '2022-11-28', 'v1beta1', '', ''])
})

for (const { code, texts } of languages) {
  test(`${code} is whole: every text, every place, every plural`, () => {
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort())
    const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories
    for (const [key, value] of Object.entries(texts)) {
      if (!isText(english[key])) {
        assert.equal(Array.isArray(value), Array.isArray(english[key]), key)
        continue
      }
      assert.deepEqual(placesOf(value), placesOf(english[key]), key)
      if (typeof value === 'object') assert.deepEqual(Object.keys(value).sort(), [...categories].sort(), key)
      for (const form of formsOf(value)) assert.ok(form.trim(), key)
    }
    assert.deepEqual(texts.keys.map(([, keys]) => keys.length), english.keys.map(([, keys]) => keys.length))
    for (const name of ['signs', 'questions']) assert.deepEqual(texts[name].map(([first]) => first), english[name].map(([first]) => first), name)
    assert.deepEqual(Object.keys(texts.failures), Object.keys(english.failures))
    for (const [pattern] of texts.said) assert.doesNotThrow(() => new RegExp(pattern))
  })
}

test('every text that is asked for is there, and every one that is there is asked for', () => {
  const scripts = readdirSync(source, { recursive: true }).filter((file) => file.endsWith('.js')).map((file) => readFileSync(new URL(file, source), 'utf8')).join('\n')
  const counted = Object.keys(JSON.parse(readFileSync(new URL('../../../contract/definitions.json', import.meta.url), 'utf8')).$defs.counts.properties)
  const literals = new Set([...counted, ...[...scripts.matchAll(/'([\w-]+)'/g)].map(([, text]) => text)])
  const beginnings = [...new Set([...scripts.matchAll(/`([a-z]+-)\$\{/g)].map(([, text]) => text))]
  for (const [, key] of scripts.matchAll(/\b(?:t|listOf)\('([\w-]+)'/g)) assert.ok(key in english, key)
  for (const key of Object.keys(english)) assert.ok(literals.has(key) || beginnings.some((text) => key.startsWith(text)), `nobody asks for ${key}`)
})
