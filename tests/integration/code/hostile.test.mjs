// The proof that code runs, in every language whose tool is here: programs made of hostile values are run against a
// recording server, and what arrives is compared with what the raw HTTP says, which is compared with what is written down
// in hostile.mjs.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { importInto, makeFolder } from '../app/support.mjs'
import { cases, hostileDocument, secrets } from './hostile.mjs'
import { parsed } from './grammars.mjs'
import { languages, whyNot, writeProgram } from './languages.mjs'
import { answersDigest, startRecorder } from './recorder.mjs'
import { checkRequest, FILE_CONTENT, readParts, readReference } from './reference.mjs'
import { startGenerator } from './generate.mjs'

const folder = makeFolder()
const names = Object.keys(cases)
const id = (name) => `hostile/endpoint/${cases[name].method}${cases[name].path}`
let generator, recorder, index

before(async () => {
  writeFileSync(join(folder, 'hostile.json'), JSON.stringify(hostileDocument()))
  for (const name of ['file.bin', 'file.png']) writeFileSync(join(folder, name), FILE_CONTENT)
  index = importInto(join(folder, 'hostile.apiblaze'), join(folder, 'hostile.json'))
  generator = await startGenerator(index)
  recorder = await startRecorder()
})
after(async () => { await generator.stop(); recorder.close() })

const reference = async (name) => readReference(await generator.code(id(name), 'http', 'http://127.0.0.1/r'), secrets, '/r')

describe('the raw HTTP is what the specification wants', () => {
  for (const name of names.filter((name) => !cases[name].isDigest)) {
    test(name, async () => {
      const { method, target, headers, body, json, parts } = cases[name]
      const got = await reference(name)
      assert.equal(got.method, method.toUpperCase())
      assert.equal(got.target, target)
      if (headers) assert.deepEqual(got.headers.sort(), [...headers].sort())
      if (json) assert.deepEqual(JSON.parse(got.body), json)
      else if (parts) assert.deepEqual(readParts(got.headers[0][1], got.body), parts.map((part) => ({ ...part, content: Buffer.from(part.content).toString('latin1') })))
      else assert.equal(got.body.toString('latin1'), Buffer.from(body ?? '').toString('latin1'))
    })
  }
})

test('every language is run here, or at least parsed', async () => {
  const tried = new Set([...languages.map(({ name }) => name), ...parsed, 'http'])
  assert.deepEqual((await generator.languages(id('body'))).sort(), [...tried].sort())
})

test('where no server is named the address comes from the specification', async () => {
  const code = await generator.code(id('empty'), 'curl')
  assert.match(code, /^VERSION=version\n/m)
  assert.match(code, /"http:\/\/127\.0\.0\.1:1\/\$VERSION\/empty"/)
})

describe('every language sends it', { concurrency: false }, () => {
  for (const language of languages) {
    test(language.name, { skip: whyNot(language), timeout: 900_000 }, async () => {
      const wanted = names.filter((name) => language.hasDigest || !cases[name].isDigest)
      const files = []
      for (const name of wanted)
        files.push(writeProgram(folder, language, name, await generator.code(id(name), language.name, `${recorder.url}/${language.name}-${name}`)))
      const faults = await language.run(files, { cwd: folder, env: { ...process.env, ...secrets } })
      assert.equal(faults, '')
      for (const name of wanted) {
        const seen = recorder.seen.get(`${language.name}-${name}`) ?? []
        assert.equal(seen.length, 1, `${name} was sent once`)
        const got = seen[0]
        if (cases[name].isDigest) {
          const sent = got.headers.find(([header]) => header === 'authorization')
          assert.ok(answersDigest(sent[1], got.method, got.full, secrets.DIGEST_AUTH_USERNAME, secrets.DIGEST_AUTH_PASSWORD), sent[1])
          continue
        }
        checkRequest(await reference(name), got, language, name)
      }
    })
  }
})
