// Payloads of a part of the default catalogue, judged by readers that are not ours: ajv for JSON, yaml for YAML, expat for XML.
// All of it: make samples-check.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { allApis, askAll, checkApis, payloads } from './check.mjs'

const program = process.env.APIBLAZE
const index = process.env.APIBLAZE_INDEX
/** Which were hard at one time or another: contradictions, recursion, patterns, hundreds of required properties. */
const hard = new Set(['kubernetes.io', 'stripe.com', 'github.com/api.github.com', 'amazonaws.com/fsx', 'amazonaws.com/ec2', 'openbankingproject.ch',
  'maif.local/otoroshi', 'nexmo.com/reports', 'lgtm.com', 'rudder.example.local', 'frankiefinancial.io', 'vercel.com', 'sendgrid.com', 'pandascore.co'])
/** Every eighth by size, so that small and large ones are in it, and the hard ones. */
const chosen = allApis().filter(({ id }, place) => place % 8 === 3 || hard.has(id))

describe('payloads of the catalogue', () => {
  test(`at least 300 APIs: requests are valid by their own schemas, but for 0.5 % at most`, async () => {
    assert.ok(chosen.length >= 300)
    const causes = new Map()
    const counts = await checkApis({ program, index, apis: chosen, tiers: ['minimal', 'useful', 'full'], report(bad) {
      const key = `${bad.direction} of ${bad.api}: ${bad.cause}`
      causes.set(key, (causes.get(key) ?? 0) + 1)
    } })
    const listed = [...causes].sort((a, b) => b[1] - a[1]).map(([key, count]) => `${count} ${key}`).join('\n')
    for (const [direction, { good, bad }] of Object.entries(counts)) {
      assert.ok(good > 10000, `${direction}: only ${good} were judged`)
      assert.ok(good / (good + bad) >= 0.995, `${direction}: ${bad} of ${good + bad} are invalid\n${listed}`)
    }
  })

  test('YAML of every Kubernetes kind says the same as JSON, to readers of 1.1 and of 1.2, and can be applied', async () => {
    const api = allApis().find(({ id }) => id === 'kubernetes.io')
    const { schemas } = JSON.parse(readFileSync(api.file)).components
    const kinds = Object.entries(schemas).filter(([, schema]) => schema['x-kubernetes-group-version-kind']?.length === 1)
    assert.ok(kinds.length > 100)
    for (const tier of ['minimal', 'useful', 'full']) {
      const ask = (format) => askAll({ program, index, questions: kinds.map(([name]) => ({ id: `kubernetes.io/object/${name}`, tier, format })) })
      const [json, yaml] = [await ask('json'), await ask('yaml')]
      kinds.forEach(([name, schema], i) => {
        const value = JSON.parse(json[i].example.code), [{ group, version, kind }] = schema['x-kubernetes-group-version-kind']
        for (const readAs of ['1.1', '1.2']) assert.deepEqual(parse(yaml[i].example.code, { version: readAs }), value, name)
        if (schema.properties.apiVersion) assert.equal(value.apiVersion, group ? `${group}/${version}` : version, name)
        if (schema.properties.kind) assert.equal(value.kind, kind, name)
        if (/ObjectMeta$/.test(schema.properties.metadata?.$ref ?? schema.properties.metadata?.allOf?.[0].$ref))
          assert.ok(value.metadata.name.length > 0, name)
        for (const member of Object.keys(value)) assert.ok(schema.properties[member], `${name} has no ${member}`)
        if (!schema.required?.includes('status')) assert.equal(value.status, undefined, name)
      })
    }
  })

  test('YAML says the same as JSON, whatever the specifications hold', async () => {
    for (const api of chosen.filter((_, place) => place % 4 === 0)) {
      const questions = Object.keys(JSON.parse(readFileSync(api.file)).components?.schemas ?? {}).map((name) => ({ id: `${api.id}/object/${name}`, tier: 'full' }))
      const [json, yaml] = await Promise.all(['json', 'yaml'].map((format) => askAll({ program, index, questions: questions.map((question) => ({ ...question, format })) })))
      json.forEach((reply, i) => {
        const value = JSON.parse(reply.example.code)
        for (const readAs of ['1.1', '1.2']) assert.deepEqual(parse(yaml[i].example.code, { version: readAs, uniqueKeys: true }), value, questions[i].id)
      })
    }
  })

  test('XML of every media type that is XML is well-formed', async () => {
    const documents = []
    for (const api of chosen) {
      const text = readFileSync(api.file, 'utf8')
      if (!/[/+]xml"/.test(text)) continue
      const questions = [...payloads(api.id, JSON.parse(text), 'useful')].map(({ question }) => ({ ...question, format: 'xml' }))
        .filter(({ mediaType }) => /[/+]xml\b/.test(mediaType ?? ''))
      for (const reply of await askAll({ program, index, questions })) documents.push(reply.example.code)
    }
    assert.ok(documents.length > 300, `only ${documents.length}`)
    const script = `import json, sys
from xml.parsers import expat
for line in sys.stdin:
    text = json.loads(line)
    try: expat.ParserCreate().Parse(text.encode(), True)
    except expat.ExpatError as error: print(error, text[:400])`
    const { stdout, stderr, status } = spawnSync('python3', ['-c', script], { input: documents.map((document) => JSON.stringify(document)).join('\n'), encoding: 'utf8', maxBuffer: 1 << 28 })
    assert.equal(status, 0, stderr)
    assert.equal(stdout, '')
  })
})
