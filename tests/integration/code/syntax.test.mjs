// The languages that are not run everywhere are parsed: every program, hostile ones among them, is one whole without an
// error, and what is computed inside of its strings is what its template says, and nothing that a value says.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import v8 from 'node:v8'
import { Language, Parser } from 'web-tree-sitter'
import { importInto, makeFolder, root } from '../app/support.mjs'
import { startGenerator } from './generate.mjs'
import { grammars } from './grammars.mjs'
import { cases, hostileDocument } from './hostile.mjs'

const folder = makeFolder()
let generator

before(async () => {
  v8.setFlagsFromString('--liftoff-only') // Node would optimise the grammars for ten seconds, before and after the tests
  await Parser.init()
  writeFileSync(join(folder, 'hostile.json'), JSON.stringify(hostileDocument()))
  generator = await startGenerator(importInto(join(folder, 'index'), join(folder, 'hostile.json'), join(root, 'tests/data/app')))
})
after(() => generator?.stop())

function* nodesOf(node) {
  yield node
  for (const child of node.children) yield* nodesOf(child)
}

const place = ({ startPosition: { row, column }, type, text }) => `${row + 1}:${column + 1} ${type} ${JSON.stringify(text.slice(0, 40))}`

describe('programs are whole', () => {
  for (const [language, { wasm, holes, own }] of Object.entries(grammars)) {
    test(language, async () => {
      const parser = new Parser()
      parser.setLanguage(await Language.load(readFileSync(wasm)))
      for (const [name, { method, path }] of Object.entries(cases)) {
        const given = await generator.code(`hostile/endpoint/${method}${path}`, language)
        const code = given.replace(/^#if canImport.*\n(.*\n)#endif\n/m, '$1') // the grammar has no conditions of this kind
        const nodes = [...nodesOf(parser.parse(code).rootNode)]
        const faults = nodes.filter((node) => node.isError || node.isMissing).map(place)
        assert.deepEqual(faults, [], `${name}\n${code}`)
        for (const hole of nodes.filter(({ type }) => type === holes)) assert.ok(own.includes(hole.text), `${name}: ${place(hole)}`)
      }
    })
  }

  test('a grammar notices what is no program', async () => {
    for (const [language, { wasm }] of Object.entries(grammars)) {
      const parser = new Parser()
      parser.setLanguage(await Language.load(readFileSync(wasm)))
      const code = await generator.code(`hostile/endpoint/post${cases.body.path}`, language)
      assert.ok(parser.parse(code.replace(/\)(?=[^)]*$)/, '')).rootNode.hasError, language)
    }
  })
})
