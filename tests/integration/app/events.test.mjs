// Every event, asked by every official client, with and without acknowledgement, checked against contract/.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { io as io4 } from 'socket.io-client'
import io2 from 'socket.io-client-2'
import { io as io3 } from 'socket.io-client-3'
import { check, events, importInto, makeFolder, specs, startServer } from './support.mjs'

let server, petstore
const clients = { '4.8': io4, '3.1': io3, '2.5': io2 }

before(async () => {
  server = await startServer(importInto(join(makeFolder(), 'index'), specs))
  const socket = await connect(io4)
  const [best] = await emitAck(socket, 'app:api-search-action', 'pet store')
  petstore = best.definition.id
  socket.close()
})
after(() => server?.stop())

function connect(io, options = {}) {
  const socket = io(server.url, { forceNew: true, reconnection: false, ...options })
  return new Promise((done, failed) => {
    socket.on('connect', () => done(socket))
    socket.on('connect_error', failed)
  })
}

/** Fails when nothing comes: silence is what the contract forbids. */
function inTime(event, start) {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`${event}: no answer`)), 20000)
    start((value) => { clearTimeout(timer); done(value) })
  })
}
const emitAck = (socket, event, ...args) => inTime(event, (done) => socket.emit(event, ...args, done))
const emitPlain = (socket, event, ...args) => inTime(event, (done) => { socket.once(event, done); socket.emit(event, ...args) })

const questions = () => [
  ['system:healthcheck', 'ping'],
  ['system:healthcheck', { any: ['thing'] }],
  ['system:about'],
  ['app:api-search-action', 'pet'],
  ['app:api-search-action', ''],
  ['app:api-search-action', { keyword: 'clinic', limit: 1 }],
  ['app:api-search-action', { keyword: 'clinic', brief: true }],
  ['app:api-load-action', petstore],
  ['app:api-load-action', { id: petstore, sequence: 5 }],
  ['app:api-elements-search-action', 'pet'],
  ['app:api-elements-search-action', ''],
  ...['everything', 'object', 'property', 'endpoint', 'parameter', 'api', 'description'].map((filter) =>
    ['app:api-elements-search-action', { keyword: 'pet', filter, limit: 5, sequence: 1.5 }]),
  ['app:api-elements-search-action', { keyword: 'name', api: petstore, offset: 1 }],
  ...['{', '.name', '/pets', 'get pets', 'POST /pets', '?limit', '=x', '"pet"', '/^pet.*s$/', 'pet:name', 'kind:object pet', 'type:string required:yes'].map((keyword) =>
    ['app:api-elements-search-action', { keyword, explain: true, limit: 3 }]),
  ['app:api-elements-search-action', { keyword: 'pet', method: 'get', deprecated: false, in: '', type: '', pattern: false, cursor: '' }],
  ['app:api-element-details-action', petstore],
  ['app:api-element-details-action', { id: `${petstore}/object/Pet`, sequence: 9 }],
  ['app:api-element-details-action', `${petstore}/object/Pet#name`],
  ['app:api-element-details-action', `${petstore}/object/Pet#vaccinations.givenOn`],
  ['app:api-element-details-action', `${petstore}/property/name`],
  ['app:api-element-details-action', `${petstore}/endpoint/get/pets`],
  ['app:api-element-details-action', `${petstore}/endpoint/post/pets`],
  ['app:api-element-details-action', `${petstore}/endpoint/get/pets?query.limit`],
  ['app:api-element-details-action', `${petstore}/parameter/query/limit`],
  ...[{ depth: 3 }, { required: true }, { offset: 2 }, { at: 'owner.pets' }, { at: 'vaccinations.givenOn', depth: 16, sequence: 2 }].map((view) =>
    ['app:api-element-details-action', { id: `${petstore}/object/Pet`, ...view }]),
  ['app:api-element-details-action', { id: `${petstore}/endpoint/get/pets`, at: '200.owner', depth: 1 }],
  ['app:api-element-code-action', `${petstore}/endpoint/post/pets`],
  ['app:api-element-code-action', `${petstore}/parameter/query/limit`],
  ['app:api-element-code-action', { id: `${petstore}/endpoint/get/pets?query.limit`, language: 'python', server: 'http://127.0.0.1:1/x', sequence: 4 }],
  ...['', '/object/Pet', '/object/Pet#name', '/endpoint/get/pets', '/endpoint/get/pets?query.limit'].map((rest) =>
    ['app:api-element-refs-action', petstore + rest]),
  ...['', '/object/Pet', '/object/Pet#name', '/endpoint/get/pets', '/endpoint/get/pets?query.limit'].map((rest) =>
    ['app:api-element-source-action', petstore + rest]),
  ['app:api-element-source-action', { id: petstore, from: 10, limit: 100, sequence: 3 }],
  ['app:api-element-refs-action', { id: `${petstore}/object/Pet`, uses: ['endpoint', 'root'], limit: 1, offset: 1, sequence: 7 }],
  ['app:api-element-code-action', { id: `${petstore}/endpoint/post/pets`, tier: 'minimal', at: 'owner.name' }],
  ['app:api-element-example-action', `${petstore}/object/Pet`],
  ['app:api-element-example-action', `${petstore}/object/Pet#name`],
  ['app:api-element-example-action', `${petstore}/endpoint/post/pets`],
  ['app:api-element-example-action', `${petstore}/endpoint/get/pets?query.limit`],
  ...['json', 'yaml', 'form', 'multipart', 'xml'].flatMap((format) => ['minimal', 'useful', 'full'].map((tier) =>
    ['app:api-element-example-action', { id: `${petstore}/object/Pet`, format, tier, at: '', status: '', mediaType: '', sequence: 2 }])),
  ['app:api-element-example-action', { id: `${petstore}/object/Pet`, at: 'name' }],
]

for (const [version, io] of Object.entries(clients)) {
  for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
    test(`client ${version} over ${transports.join(' then ')}: every event is answered as the contract says`, async () => {
      const socket = await connect(io, { transports })
      for (const [event, argument] of questions()) {
        check(event, 'arguments', [argument])
        const acknowledged = check(event, 'reply', await emitAck(socket, event, argument))
        const emitted = check(event, 'reply', await emitPlain(socket, event, argument))
        assert.deepEqual(emitted, acknowledged)
        if (argument?.sequence !== undefined) assert.equal(acknowledged.sequence, argument.sequence)
      }
      socket.close()
    })
  }
}

for (const transports of [['websocket'], ['polling']]) {
  test(`of two hundred keys at once over ${transports} few are searched, the last among them`, async () => {
    const socket = await connect(io4, { transports }), event = 'app:api-elements-search-action'
    const replies = await Promise.all(Array.from({ length: 200 }, (_, sequence) =>
      emitAck(socket, event, { keyword: sequence === 199 ? 'pet' : `k${sequence}`, sequence })))
    for (const reply of replies) check(event, 'reply', reply)
    assert.deepEqual(replies.map(({ sequence }) => sequence), replies.map((_, place) => place))
    assert.equal(replies[199].keyword, 'pet')
    assert.ok(replies[199].hits.length > 0)
    const searched = replies.filter(({ superseded }) => !superseded).length
    // The client sends the first alone, and all others as one payload when that is answered. How many frames of a
    // WebSocket are there at once is a matter of luck.
    if (transports[0] === 'polling') assert.ok(searched <= 4, `${searched} were searched`)
    const unnumbered = await Promise.all(['pet', 'name', 'pets'].map((keyword) => emitAck(socket, event, keyword)))
    assert.deepEqual(unnumbered.map(({ keyword }) => keyword), ['pet', 'name', 'pets'])
    socket.close()
  })
}

describe('what the answers say', () => {
  let socket
  before(async () => { socket = await connect(io4) })
  after(() => socket?.close())
  const search = (options) => emitAck(socket, 'app:api-elements-search-action', options)
  const details = (id) => emitAck(socket, 'app:api-element-details-action', id)

  test('pages go on where the one before ended', async () => {
    const all = await search({ keyword: 'pet', limit: 100 }), seen = []
    for (let page = { cursor: '' }; page.cursor !== undefined; ) {
      page = check('app:api-elements-search-action', 'reply', await search({ keyword: 'pet', limit: 2, cursor: page.cursor }))
      assert.deepEqual(page.totals, all.totals)
      seen.push(...page.hits.map(({ id }) => id))
    }
    assert.deepEqual(seen, all.hits.map(({ id }) => id))
    const { cursor } = await search({ keyword: 'pet', limit: 1 })
    const outdated = await search({ keyword: 'pet', cursor: cursor.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) })
    assert.equal(outdated.error.code, 'outdated')
  })

  test('a filter counts for the rows and the totals', async () => {
    const post = await search({ keyword: '/pets', method: 'post' })
    assert.ok(post.hits.length > 0 && post.hits.every(({ method }) => method === 'POST'))
    assert.equal(post.totals.object, 0)
    assert.deepEqual((await search('/pets method:post')).hits, post.hits)
    const { hits } = await search('required:yes kind:property')
    assert.ok(hits.length > 0 && hits.every(({ kind, flags }) => kind === 'property' && flags.includes('required')))
  })

  test('a hit tells why it is where it is', async () => {
    const { hits } = await search({ keyword: 'pet', explain: true })
    assert.equal(hits[0].reasons[0].words, 'they are the name')
    assert.ok(hits.some(({ reasons }) => reasons.some(({ decided }) => decided)))
    assert.equal((await search('pet')).hits[0].reasons, undefined)
  })

  test('a payload has what its format, tier and path ask for', async () => {
    const example = (options) => emitAck(socket, 'app:api-element-example-action', options)
    const { example: minimal } = await example({ id: `${petstore}/object/Pet`, tier: 'minimal' })
    assert.deepEqual(Object.keys(JSON.parse(minimal.code)), ['id', 'name'])
    const marked = await example({ id: `${petstore}/object/Pet`, format: 'yaml', at: 'owner.name' })
    assert.equal(marked.example.code.slice(...marked.example.focus), '  name: example')
    const property = await example(`${petstore}/object/Owner#name`)
    assert.deepEqual(property.roots.map(({ id, at }) => [id, at]).slice(0, 2), [[`${petstore}/object/Pet`, 'owner.name'], [`${petstore}/object/Pet`, 'name']])
    for (const wrong of [{ format: 'toml' }, { tier: 'huge' }, { at: 'name.first' }, { status: '200' }, { mediaType: 'text/csv' }]) {
      const id = wrong.status || wrong.mediaType ? `${petstore}/endpoint/post/pets` : `${petstore}/object/Pet`
      const reply = check('app:api-element-example-action', 'error', await example({ id, ...wrong }))
      assert.equal(reply.error.code, 'invalid-argument', JSON.stringify(wrong))
    }
  })

  test('every event of the contract was asked', () => {
    const asked = new Set(questions().map(([event]) => event))
    assert.deepEqual([...events.keys()].filter((event) => event !== 'catalogue:updated' && event !== 'app:api-element-try-action').sort(), [...asked].sort()) // try.test.mjs
  })

  test('APIs come best first, with their counts', async () => {
    const found = await emitAck(socket, 'app:api-search-action', 'pet')
    assert.equal(found.length, 2)
    assert.equal(found[0].name, 'Pet Store')
    assert.ok(found[0].score > found[1].score)
    const { endpoints, objects, properties, parameters } = found[0].definition
    assert.deepEqual({ endpoints, objects, parameters }, { endpoints: 4, objects: 4, parameters: 3 })
    assert.ok(properties >= 11)
    assert.equal((await emitAck(socket, 'app:api-search-action', { keyword: 'pet', limit: 1 })).length, 1)
  })

  test('an API is told with its description rendered', async () => {
    const loaded = await emitAck(socket, 'app:api-load-action', petstore)
    assert.equal(loaded.title, 'Pet Store')
    assert.equal(loaded.version, '1.2.0')
    assert.match(loaded.description, /\*\*pets\*\*/)
    assert.match(loaded.html, /<strong>pets<\/strong>/)
    assert.equal(loaded.counts.endpoints, 4)
  })

  test('filters keep their kinds; a parameter is found with the properties', async () => {
    const kinds = async (filter, keyword) => new Set((await search({ keyword, api: petstore, filter })).hits.map(({ kind }) => kind))
    assert.deepEqual(await kinds('object', 'pet'), new Set(['object']))
    assert.deepEqual(await kinds('endpoint', 'pet'), new Set(['endpoint']))
    assert.deepEqual(await kinds('property', 'status'), new Set(['property', 'parameter']))
    assert.deepEqual(await kinds('parameter', 'status'), new Set(['parameter']))
    assert.ok((await search({ keyword: 'pet' })).hits.some(({ kind }) => kind === 'api'))
    assert.ok(!(await search({ keyword: 'pet', api: petstore })).hits.some(({ kind }) => kind === 'api'))
  })

  test('the first hit is the exact one, and everything includes descriptions', async () => {
    const { hits } = await search({ keyword: 'Pet', api: petstore })
    assert.equal(hits[0].kind, 'object')
    assert.equal(hits[0].name, 'Pet')
    const shot = await search({ keyword: 'shot', api: petstore })
    assert.equal(shot.hits[0]?.name, 'givenOn')
    assert.equal((await search({ keyword: 'shot', api: petstore, filter: 'property' })).total, 0)
  })

  test('ranges count as JavaScript counts', async () => {
    const { hits } = await search({ keyword: 'mood', api: petstore, filter: 'property' })
    const [[start, end]] = hits[0].ranges
    assert.equal(hits[0].name, '😀 mood')
    assert.equal(hits[0].name.slice(start, end), 'mood')
  })

  test('rows can be leafed through', async () => {
    const all = await search({ keyword: 'pet', api: petstore, limit: 100 })
    const page = await search({ keyword: 'pet', api: petstore, limit: 2, offset: 1 })
    assert.deepEqual(page.hits.map(({ id }) => id), all.hits.slice(1, 3).map(({ id }) => id))
    assert.equal(page.total, all.total)
  })

  test('the details of every hit can be asked for by its id', async () => {
    const { hits } = await search({ keyword: 'pet', limit: 100 })
    assert.ok(hits.length > 5)
    for (const hit of hits) {
      const told = check('app:api-element-details-action', 'reply', await details(hit.id))
      assert.equal(told.kind, hit.kind)
      assert.equal(told.api, hit.api)
    }
  })

  test('an object tells its fields, a property what limits it', async () => {
    const pet = await details(`${petstore}/object/Pet`)
    const fields = Object.fromEntries(pet.self.fields.map((field) => [field.name, field]))
    assert.deepEqual(fields.name.flags, ['required'])
    assert.deepEqual(fields.id.flags, ['readOnly'])
    assert.equal(fields.legacyCode.default, 7)
    assert.ok(fields.legacyCode.flags.includes('deprecated'))
    const status = await details(`${petstore}/object/Status`)
    assert.deepEqual(status.self.values, ['available', 'pending', 'sold'])
    assert.equal(status.self.default, 'available')
  })

  test('the model of an object is told as far as asked, and a way leads into it', async () => {
    const id = `${petstore}/object/Pet`, field = (told, name) => told.fields.find((one) => one.name === name)
    const flat = (await details(id)).self, deep = (await details({ id, depth: 3 })).self
    assert.deepEqual(field(flat, 'owner').fields ?? [], [])
    assert.equal(field(flat, 'owner').typeId, `${petstore}/object/Owner`)
    assert.deepEqual(field(deep, 'owner').fields.map(({ name }) => name), ['name', 'pets'])
    const circle = field(field(deep, 'owner'), 'pets')
    assert.deepEqual([circle.typeId, circle.recursive, circle.fields], [id, true, undefined])
    assert.deepEqual((await details({ id, at: 'owner' })).self.fields.map(({ name }) => name), ['name', 'pets'])
    assert.deepEqual((await details({ id, required: true })).self.fields.map(({ name }) => name), ['name'])
    const rest = (await details({ id, offset: 2 })).self
    assert.deepEqual(rest.fields.map(({ name }) => name), flat.fields.slice(2).map(({ name }) => name))
    const lost = check('app:api-element-details-action', 'error', await details({ id, at: 'owner.nobody' }))
    assert.equal(lost.error.code, 'not-found')
    assert.match(lost.error.message, /nobody/)
  })

  test("an example's focus is the line of the element", async () => {
    const { examples } = await details(`${petstore}/object/Pet#name`)
    const json = examples.find(({ language }) => language === 'json')
    assert.ok(json.focus)
    assert.match(json.code.slice(...json.focus), /"name"/)
  })

  test('an endpoint tells parameters, bodies and a curl line', async () => {
    const list = await details(`${petstore}/endpoint/get/pets`)
    assert.deepEqual(list.parameters.map(({ name }) => name).sort(), ['limit', 'status'])
    assert.deepEqual(list.bodies.map(({ status }) => status), ['200', 'default'])
    assert.ok(list.examples.some(({ code }) => code.includes('curl') && code.includes('https://petstore.example/v1/pets')))
    const create = await details(`${petstore}/endpoint/post/pets`)
    assert.equal(create.bodies[0].status, '')
    assert.equal(create.bodies[0].required, true)
  })

  test('code is written in every language that a reply lists', async () => {
    const event = 'app:api-element-code-action', id = `${petstore}/endpoint/get/pets?query.limit`
    const { languages } = check(event, 'reply', await emitAck(socket, event, id))
    for (const { name, label } of languages) {
      const { example } = check(event, 'reply', await emitAck(socket, event, { id, language: name }))
      assert.equal(example.label, label)
      assert.match(example.code, /petstore\.example/)
      assert.match(example.code.slice(...example.focus), /limit/)
    }
    for (const wrong of [{ language: 'cobol' }, { server: 'ftp://x' }, { id: `${petstore}/object/Pet` }])
      assert.equal(check(event, 'error', await emitAck(socket, event, { id, ...wrong })).error.code, 'invalid-argument')
  })

  test('the specification tells an element as it was written, part by part', async () => {
    const source = (argument) => emitAck(socket, 'app:api-element-source-action', argument)
    const all = await source(petstore), file = readFileSync(join(specs, 'petstore.json'), 'utf8')
    assert.equal(all.text, file.trim())
    const pet = await source(`${petstore}/object/Pet`)
    assert.deepEqual(JSON.parse(pet.text), JSON.parse(file).components.schemas.Pet)
    assert.equal(Buffer.from(file).subarray(pet.start, pet.start + pet.size).toString(), pet.text)
    assert.equal(pet.line, Buffer.from(file).subarray(0, pet.start).toString().split('\n').length)
    let parts = ''
    for (let from = 0; from < Buffer.byteLength(file); ) {
      const { text } = await source({ id: `${petstore}/object/Pet`, from, limit: 1000 })
      parts += text
      from += Buffer.byteLength(text)
    }
    assert.equal(parts, file)
  })

  test('refs count all, and list those asked for, page by page', async () => {
    const refs = (argument) => emitAck(socket, 'app:api-element-refs-action', argument)
    const id = `${petstore}/object/Pet`, all = await refs({ id, limit: 100 })
    assert.ok(all.totals.endpoint > 0)
    assert.equal(all.total, all.refs.length)
    const pages = []
    for (let offset = 0; offset < all.total; offset += 2) pages.push(...(await refs({ id, limit: 2, offset })).refs)
    assert.deepEqual(pages, all.refs)
    const endpoints = await refs({ id, uses: ['endpoint'], limit: 100 })
    assert.equal(endpoints.total, all.totals.endpoint)
    assert.deepEqual(endpoints.totals, all.totals)
    assert.deepEqual(endpoints.refs, all.refs.filter(({ use }) => use === 'endpoint'))
    const ways = await refs({ id: `${id}#name`, uses: 'root' })
    assert.ok(ways.refs.every(({ path }) => path.endsWith('.name')))
    const missing = check('app:api-element-refs-action', 'error', await refs(`${petstore}/object/Pett`))
    assert.equal(missing.error.nearest[0], id)
  })

  test('what is not there is not-found, with the nearest', async () => {
    const event = 'app:api-element-details-action'
    const object = check(event, 'error', await details({ id: `${petstore}/object/Pett`, sequence: 3 }))
    assert.equal(object.error.code, 'not-found')
    assert.equal(object.error.nearest[0], `${petstore}/object/Pet`)
    assert.equal(object.sequence, 3)
    for (const [name, argument] of [['app:api-load-action', 'pet-store'], ['app:api-elements-search-action', { keyword: 'a', api: 'nowhere' }], [event, 'nowhere/object/X']])
      assert.equal(check(name, 'error', await emitAck(socket, name, argument)).error.code, 'not-found')
  })
})

const deep = (depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth))
const hostile = [
  [], [null], [undefined], [0], [-1.5], [NaN], [true], [[]], [['pet']], [{}], [{ keyword: 7, id: 7 }], [{ keyword: null, id: null }],
  [{ keyword: { toString: 'pet' }, id: [] }], ['x'.repeat(100000)], [{ keyword: 'x'.repeat(100000), id: 'x'.repeat(100000) }],
  [deep(500)], [{ keyword: deep(500), id: deep(500) }], [{ keyword: 'pet', id: 'pet', sequence: 'one' }],
  [Buffer.from([0, 255])], [{ __proto__: null, 'a b': 1 }],
]
// Texts that are strange but texts: answered with a reply, or with not-found where an id is asked for.
const strange = ['\0', 'a\0b', '\ud83d', '\udc00pet', '(', '[a-', '.*'.repeat(400), '((((((((((a*)*)*)*)*)*)*)*)*)*$', '../../../etc/passwd', '%00', '<script>', '\u202e', '/', '//object//', '#', '?']

for (const [version, io] of Object.entries(clients)) {
  test(`client ${version}: no argument is too strange to be answered, and the connection stays`, async () => {
    const socket = await connect(io, { transports: ['websocket'] })
    socket.on('disconnect', (reason) => assert.notEqual(reason, 'transport close'))
    for (const event of events.keys()) {
      if (event === 'catalogue:updated') continue
      for (const args of hostile) {
        const value = await emitAck(socket, event, ...args)
        if (event.startsWith('system:')) check(event, 'reply', value)
        else assert.equal(check(event, 'error', value).error.code, 'invalid-argument', JSON.stringify(args).slice(0, 100))
      }
      for (const text of strange) {
        const value = await emitAck(socket, event, text)
        check(event, value.error ? 'error' : 'reply', value)
        assert.notEqual(value.error?.code, 'internal', text)
      }
    }
    assert.equal(await emitAck(socket, 'system:healthcheck', 'still'), 'healthy')
    socket.close()
  })
}

const outOfRange = {
  'app:api-elements-search-action': [{ keyword: 'pet' }, { limit: [0, 101, 1.5, '5', null], offset: [-1, 10001, 'a'], filter: ['objekt', 1], api: [1, []], method: ['fetch', 1], in: ['body', {}], type: [1], tag: [1], required: ['yes', 1], deprecated: [null], descriptions: ['no'], pattern: [1], explain: ['x'], cursor: [1, 'x', 'a.b.c.d'] }],
  'app:api-element-details-action': [{ id: 'petstore' }, { at: [1, [], 'x'.repeat(4097)], depth: [-1, 17, 0.5, '1'], offset: [-1, 4294967296, 'a'], required: ['yes', 1] }],
}

for (const [event, [question, options]] of Object.entries(outOfRange)) {
  test(`options out of range are named: ${event}`, async () => {
    const socket = await connect(io4)
    for (const [name, values] of Object.entries(options))
      for (const value of values) {
        const reply = check(event, 'error', await emitAck(socket, event, { ...question, [name]: value, sequence: 2 }))
        assert.equal(reply.error.code, 'invalid-argument')
        assert.match(reply.error.message, new RegExp(`"${name}"`))
        assert.equal(reply.sequence, 2)
      }
    socket.close()
  })
}
test('an event that nobody answers harms nobody', async () => {
  const socket = await connect(io4)
  socket.emit('no:such-event', 1)
  assert.equal(await emitAck(socket, 'system:healthcheck'), 'healthy')
  socket.close()
})
