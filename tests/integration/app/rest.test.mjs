// GET /api/v1/…: every route with real requests, each reply checked against the OpenAPI document that the server itself sends.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import Ajv2020 from 'ajv/dist/2020.js'
import { io } from 'socket.io-client'
import { importInto, makeFolder, root, run, specs, startServer } from './support.mjs'

let server, document, validatorOf
const folder = makeFolder()

before(async () => {
  server = await startServer(importInto(join(folder, 'index'), specs, join(root, 'tests/data/model')))
  document = await (await fetch(`${server.url}/api/v1/openapi.json`)).json()
  const ajv = new (Ajv2020.default ?? Ajv2020)({ strict: false, allErrors: true })
  ajv.addSchema(document, 'own')
  validatorOf = (reference) => ajv.compile({ $ref: `own${reference}` })
})
after(() => server?.stop())

/** The schema of an answer: by the path's template, the status and the media type. */
function schemaOf(template, status, type) {
  const response = document.paths[template].get.responses[status]
  assert.ok(response, `${template} does not tell of ${status}`)
  const { content } = response.$ref ? document.components.responses[response.$ref.split('/').at(-1)] : response
  assert.ok(content[type], `${template} ${status} does not tell of ${type}`)
  return content[type].schema
}

/** Asks, and checks status, type and body. */
async function ask(template, path, status = 200, options) {
  const reply = await fetch(server.url + path, options)
  assert.equal(reply.status, status, path)
  const type = reply.headers.get('content-type')
  assert.equal(reply.headers.get('x-content-type-options'), 'nosniff')
  assert.equal(reply.headers.get('cache-control'), 'no-cache')
  const schema = schemaOf(template, status, type.split(';')[0])
  if (type.startsWith('text/markdown')) return reply.text()
  const body = await reply.json()
  const validate = validatorOf(schema.$ref)
  assert.ok(validate(body), `${path}: ${JSON.stringify(validate.errors?.slice(0, 3))}`)
  return body
}
const search = (query, status) => ask('/api/v1/search', `/api/v1/search${query}`, status)
const encode = (id) => id.split('/').map(encodeURIComponent).join('/')
const element = (id, query = '', status = 200, options) => ask('/api/v1/elements/{id}', `/api/v1/elements/${encode(id)}${query}`, status, options)
const apis = (query = '', status = 200) => ask('/api/v1/apis', `/api/v1/apis${query}`, status)

describe('the document', () => {
  test('is OpenAPI that ApiBlaze itself reads, whole', async () => {
    assert.equal(document.openapi, '3.1.0')
    const text = JSON.stringify(document)
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) assert.ok(name in document.components.schemas, name)
    assert.doesNotMatch(text, /"\$ref":"[^#]/)
    const file = join(folder, 'apiblaze.json')
    await import('node:fs').then(({ writeFileSync }) => writeFileSync(file, text))
    const index = importInto(join(folder, 'own'), file)
    const { stdout } = run(['show', '--index', index, '--json', 'apiblaze/endpoint/get/api/v1/elements/{id}'])
    assert.equal(JSON.parse(stdout).operationId, 'getElement')
    assert.doesNotMatch(stdout, /"note":/, 'nothing is wrong in it')
  })

  test('is sent compressed, with an entity tag', async () => {
    const reply = await fetch(`${server.url}/api/v1/openapi.json`)
    assert.equal(reply.headers.get('content-type'), 'application/json')
    assert.ok(reply.headers.get('etag') && reply.headers.get('content-encoding'))
    const again = await fetch(`${server.url}/api/v1/openapi.json`, { headers: { 'If-None-Match': reply.headers.get('etag') } })
    assert.equal(again.status, 304)
  })
})

describe('answers', () => {
  test('are those of the socket', async () => {
    const socket = io(server.url)
    const emit = (event, argument) => new Promise((done) => socket.emit(event, argument, done))
    const id = 'shapes/endpoint/get/shapes/{id}'
    assert.deepEqual(await element(id), await emit('app:api-element-details-action', id))
    assert.deepEqual(await element('shapes/object/Polygon', '?depth=3&required=true'),
      await emit('app:api-element-details-action', { id: 'shapes/object/Polygon', depth: 3, required: true }))
    assert.deepEqual(await search('?q=pet&limit=3&filter=object'), await emit('app:api-elements-search-action', { keyword: 'pet', limit: 3, filter: 'object' }))
    assert.deepEqual(await ask('/api/v1/apis/{id}', '/api/v1/apis/petstore'), await emit('app:api-load-action', 'petstore'))
    socket.close()
  })

  test('search: words, filters, pages', async () => {
    assert.ok((await search('?q=pet+name')).total > 0)
    assert.equal((await search('?q=%7Bpet')).hits[0].kind, 'object')
    assert.ok((await search('?q=get&method=get&api=shapes')).hits.every(({ method }) => method === 'GET'))
    assert.ok((await search('?q=id&required=true')).hits.every(({ flags }) => flags.includes('required')))
    assert.ok((await search('?q=pet&explain=true')).hits[0].reasons.length > 0)
    assert.equal((await search('?q=%5Epe.%24&pattern=true&filter=object')).hits[0].name, 'Pet')
    const first = await search('?q=pet&limit=1'), second = await search(`?q=pet&limit=1&cursor=${first.cursor}`)
    assert.notEqual(second.hits[0].id, first.hits[0].id)
    assert.equal((await search('')).total, 0)
    assert.equal((await search('?unknown=1&q=pet&q=second')).keyword, 'pet')
  })

  test('elements: every kind by its id, and every id that a search gives', async () => {
    const { hits } = await search('?q=e&limit=100')
    const ids = new Set([...hits.map(({ id }) => id), 'shapes', 'shapes/object/Base#colour', 'shapes/endpoint/get/shapes/{id}?query.tags', 'shapes/property/colour', 'shapes/parameter/query/tags'])
    for (const id of ids) assert.ok((await element(id)).id, id)
    assert.equal((await element('shapes/object/Polygon', '?at=points.x')).self.range, '-5 to 5')
    assert.equal((await element('shapes/object/Polygon', '?offset=2')).self.fieldTotal, 5)
  })

  test('elements as Markdown, asked for in two ways', async () => {
    const asked = await element('shapes/object/Circle', '?format=markdown')
    assert.match(asked, /^# `Circle`\n/)
    assert.equal(await element('shapes/object/Circle', '', 200, { headers: { Accept: 'text/markdown' } }), asked)
    assert.equal((await element('shapes/object/Circle', '?format=json', 200, { headers: { Accept: 'text/markdown' } })).name, 'Circle')
    assert.equal((await element('shapes/object/Nothing', '?format=markdown', 404)).error.code, 'not-found')
  })

  test('code: in a language, sent to a server', async () => {
    const code = (query, status) => ask('/api/v1/code/{id}', `/api/v1/code/${encode('petstore/endpoint/get/pets')}${query}`, status)
    const first = await code('')
    assert.match(first.example.code, /^curl /m)
    assert.match((await code('?language=python&server=http%3A%2F%2F127.0.0.1%3A1')).example.code, /http:\/\/127\.0\.0\.1:1\/pets/)
    for (const { name } of first.languages) assert.ok((await code(`?language=${name}`)).example.code, name)
    assert.match((await code('?language=cobol', 400)).error.message, /python/)
    await ask('/api/v1/code/{id}', '/api/v1/code/petstore/endpoint/get/nothing', 404)
    const body = async (query) => JSON.parse((await ask('/api/v1/code/{id}', `/api/v1/code/petstore/endpoint/post/pets?language=http${query}`)).example.code.split('\n\n')[1])
    assert.deepEqual(await body('&tier=minimal'), { name: 'Rex' })
    assert.deepEqual(await body('&at=owner.name'), { name: 'Rex', owner: { name: 'example' } })
  })

  test('examples: of a tier, of a property, of a response, in a format', async () => {
    const example = (id, query, status) => ask('/api/v1/examples/{id}', `/api/v1/examples/${encode(id)}${query}`, status)
    assert.deepEqual(Object.keys(JSON.parse((await example('petstore/object/Pet', '?tier=minimal')).example.code)), ['id', 'name'])
    assert.equal((await example('petstore/property/givenOn', '')).at, 'vaccinations.givenOn')
    assert.match((await example('petstore/object/Pet', '?format=yaml&at=owner.name')).example.code, /^owner:\n {2}name: example$/m)
    assert.equal((await example('petstore/endpoint/post/pets', '?status=201&mediaType=application%2Fjson')).status, '201')
    assert.match((await example('petstore/object/Pet', '?tier=huge', 400)).error.message, /tier/)
    await example('petstore/object/Nothing', '', 404)
  })

  test('uses: of one kind, in pages', async () => {
    const refs = (id, query = '', status) => ask('/api/v1/refs/{id}', `/api/v1/refs/${encode(id)}${query}`, status)
    const all = await refs('petstore/object/Pet', '?limit=100')
    assert.equal(all.refs.length, all.total)
    const endpoints = await refs('petstore/object/Pet', '?use=endpoint&limit=1&offset=1')
    assert.deepEqual(endpoints.refs, all.refs.filter(({ use }) => use === 'endpoint').slice(1, 2))
    assert.equal(endpoints.total, all.totals.endpoint)
    assert.match((await refs('petstore/object/Pet', '?use=abuse', 400)).error.message, /some of property, object/)
    await refs('petstore/object/Nothing', '', 404)
  })

  test('source: an element\'s own text, and any part', async () => {
    const source = (id, query = '', status) => ask('/api/v1/source/{id}', `/api/v1/source/${encode(id)}${query}`, status)
    const whole = await source('petstore'), pet = await source('petstore/object/Pet')
    const bytes = Buffer.from(whole.text)
    assert.equal(bytes.subarray(pet.start, pet.start + pet.size).toString(), pet.text)
    assert.equal((await source('petstore/object/Pet', '?from=2&limit=7')).text, bytes.subarray(2, 9).toString())
    assert.match((await source('petstore/object/Pet', '?limit=0', 400)).error.message, /limit/)
  })

  test('APIs: all of them in pages, or found', async () => {
    const all = await apis()
    assert.deepEqual(all.apis.map(({ id }) => id), ['clinic', 'older', 'petstore', 'shapes'])
    assert.equal(all.total, 4)
    const page = await apis('?offset=1&limit=2')
    assert.deepEqual([page.total, page.apis.map(({ id }) => id)], [4, ['older', 'petstore']])
    assert.deepEqual((await apis('?offset=10')).apis, [])
    assert.equal((await apis('?q=pet')).apis[0].id, 'petstore')
  })

  test('HEAD, and other methods', async () => {
    const head = await fetch(`${server.url}/api/v1/apis`, { method: 'HEAD' })
    assert.deepEqual([head.status, await head.text()], [200, ''])
    assert.equal((await fetch(`${server.url}/api/v1/apis`, { method: 'POST' })).status, 405)
  })
})

describe('what is asked wrongly', () => {
  test('is told with a status and a sentence', async () => {
    for (const query of ['?q=pet&limit=0', '?q=pet&limit=101', '?q=pet&limit=five', '?q=pet&offset=-1', '?q=pet&required=maybe', '?q=pet&filter=things',
      '?q=pet&method=fetch', '?q=pet&cursor=x', `?q=${'x'.repeat(2000)}`]) {
      const { error } = await search(query, 400)
      assert.equal(error.code, 'invalid-argument')
      assert.ok(error.message.length > 10)
    }
    assert.equal((await search('?q=pet&api=nowhere', 404)).error.code, 'not-found')
    const { cursor } = await search('?q=pet&limit=1')
    assert.equal((await search(`?q=pet&cursor=${cursor.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))}`, 409)).error.code, 'outdated')
    assert.equal((await element('petstore/object/Pett', '', 404)).error.nearest[0], 'petstore/object/Pet')
    assert.match((await element('shapes/object/Polygon', '?at=nothing', 404)).error.message, /there are: points, inner/)
    assert.equal((await element('shapes/object/Polygon', '?depth=99', 400)).error.code, 'invalid-argument')
    await ask('/api/v1/apis/{id}', '/api/v1/apis/nowhere', 404)
    await apis('?limit=1000', 400)
  })

  test('never ends the server, however strange', async () => {
    for (const path of ['elements/', 'elements/%', 'elements/%FF%FE', 'elements/%2e%2e/%2e%2e', 'elements//', 'elements/#', 'elements/%00', 'code/', 'code/%00', 'apis/', 'apis/%E2%80%AE', 'search?',
      'search?q', 'search?q=%', 'search?q=%G1', 'search?q=%00', 'search?&&&==&q=a=b', 'search?q=%ED%A0%80', `elements/${'a/'.repeat(1500)}`, `elements/${'%23'.repeat(1000)}`,
      `search?${'q=a&'.repeat(1000)}`]) {
      const reply = await fetch(`${server.url}/api/v1/${path}`)
      assert.ok([200, 400, 404].includes(reply.status), `${path.slice(0, 40)}: ${reply.status}`)
      await reply.text()
    }
    assert.equal((await fetch(`${server.url}/health`)).status, 200)
  })
})
