// A request is sent for the page, to the servers that its specification names and to no others.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { io } from 'socket.io-client'
import { check, importInto, makeFolder, startServer } from './support.mjs'

const TRY = 'app:api-element-try-action'
const ID = 'echo/endpoint/post/things/{id}'
const folder = makeFolder()
let peer, port, index
const servers = []

before(async () => {
  peer = createServer((request, reply) => {
    let body = ''
    request.on('data', (piece) => { body += piece })
    request.on('end', () => answer(request, reply, body))
  }).listen(0, '127.0.0.1')
  await new Promise((done) => peer.on('listening', done))
  port = peer.address().port
  const spec = {
    openapi: '3.0.0', info: { title: 'Echo', version: '1' },
    servers: [{ url: `http://127.0.0.1:${port}/v1` }, { url: `http://localhost:${port}` }, { url: `http://${hostname()}:${port}` }, { url: 'http://nowhere.invalid' }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/things/{id}': {
        post: {
          security: [{ bearer: [] }],
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }, { name: 'how', in: 'query', schema: { type: 'string' } }],
          requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { name: { type: 'string' } } } } } },
          responses: { 200: { description: 'ok' } },
        },
      },
    },
  }
  writeFileSync(join(folder, 'echo.json'), JSON.stringify(spec))
  index = importInto(join(folder, 'index'), join(folder, 'echo.json'))
})
after(async () => {
  peer.closeAllConnections()
  peer.close()
  for (const server of servers) await server.stop()
})

/** What the peer answers is asked for by ?how=. */
function answer(request, reply, body) {
  const how = new URL(request.url, 'http://peer').searchParams.get('how')
  const text = JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body })
  if (how === 'slow') setTimeout(() => reply.end(text), 1500)
  else if (how === 'redirect') reply.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  else if (how === 'binary') reply.end(Buffer.from([0, 1, 2, 255]))
  else if (how === 'long') reply.end('ä'.repeat(400_000))
  else reply.writeHead(201, { 'content-type': 'application/json', 'x-two': 'words here' }).end(text)
}

async function serve(...options) {
  const server = await startServer(index, ...options)
  servers.push(server)
  return server
}

async function connect(server, options = {}) {
  const socket = io(server.url, { forceNew: true, ...options })
  await new Promise((done, failed) => socket.on('connect', done).on('connect_error', failed))
  return { ask: (question, event = TRY) => new Promise((done) => socket.emit(event, question, done)), socket }
}

describe('allowed, private addresses too', () => {
  let server, ask, socket
  before(async () => {
    server = await serve('--allow-try-private');
    ({ ask, socket } = await connect(server))
  })
  after(() => socket.close())

  test('the request arrives as it was filled in, and its answer comes back', async () => {
    const question = { id: ID, values: { ID: 'a/b', BEARER_TOKEN: 's3cret', 'query.how': 'so' }, body: '{"name":"é"}', sequence: 7 }
    const reply = check(TRY, 'reply', await ask(question))
    assert.deepEqual([reply.status, reply.method, reply.sequence], [201, 'POST', 7])
    assert.equal(reply.url, `http://127.0.0.1:${port}/v1/things/a%2Fb?how=so`)
    assert.ok(reply.headers.some(({ name, value }) => name === 'x-two' && value === 'words here'))
    const sent = JSON.parse(reply.body)
    assert.deepEqual([sent.method, sent.url, sent.body], ['POST', '/v1/things/a%2Fb?how=so', '{"name":"é"}'])
    assert.deepEqual([sent.headers.authorization, sent.headers['content-type']], ['Bearer s3cret', 'application/json'])
    assert.equal(sent.headers.cookie, undefined)
  })

  test('without an acknowledgement the server emits the same event', async () => {
    socket.emit(TRY, { id: ID, values: { ID: '1' } })
    assert.equal(check(TRY, 'reply', await new Promise((done) => socket.once(TRY, done))).status, 201)
  })

  test('redirects are told, bytes counted, long bodies cut', async () => {
    const how = async (value) => check(TRY, 'reply', await ask({ id: ID, values: { ID: '1', 'query.how': value } }))
    const redirect = await how('redirect')
    assert.equal(redirect.status, 302)
    assert.ok(redirect.headers.some(({ value }) => value === 'http://169.254.169.254/'))
    const binary = await how('binary')
    assert.deepEqual([binary.bytes, binary.body], [4, undefined])
    const long = await how('long')
    assert.ok(long.cut && long.body.length > 131_000 && !long.body.includes('\ufffd'))
  })

  test('nobody waits for a request of another', async () => {
    const started = Date.now()
    const slow = ask({ id: ID, values: { ID: '1', 'query.how': 'slow' } })
    for (let question = 0; question < 20; question++) await ask('x', 'app:api-search-action')
    assert.ok(Date.now() - started < 1400, 'searches were answered before it')
    assert.equal((await slow).status, 200)
  })

  test('another server is refused, whatever is given', async () => {
    for (const address of ['http://example.com', `http://127.0.0.1:${port}/v2`, `http://127.0.0.1:${port}`, `http://127.0.0.1:${port}/v1@example.com`, 'file:///etc/passwd']) {
      const { error } = check(TRY, 'error', await ask({ id: ID, server: address }))
      assert.equal(error.code, 'invalid-argument', address)
    }
    assert.equal((await ask({ id: ID, server: 'http://nowhere.invalid' })).error.code, 'unreached')
    assert.equal((await ask({ id: 'echo' })).error.code, 'invalid-argument')
    assert.equal((await ask({ id: 'echo/endpoint/get/nothing' })).error.code, 'not-found')
  })

  test('a page of another site may not', async () => {
    const foreign = await connect(server, { extraHeaders: { Origin: 'http://evil.example' } })
    assert.equal((await foreign.ask({ id: ID, values: { ID: '1' } })).error.code, 'refused')
    foreign.socket.close()
    const own = await connect(server, { extraHeaders: { Origin: server.url } })
    assert.equal((await own.ask({ id: ID, values: { ID: '1' } })).status, 201)
    own.socket.close()
  })

  test('a client that leaves, and a server that ends, while a request is under way', async () => {
    const own = await serve('--allow-try-private')
    const { ask: ask_, socket: leaving } = await connect(own)
    ask_({ id: ID, values: { ID: '1', 'query.how': 'slow' } })
    await ask_('x', 'app:api-search-action')
    leaving.close()
    const other = await connect(own)
    other.ask({ id: ID, values: { ID: '1', 'query.how': 'slow' } })
    await other.ask('x', 'app:api-search-action')
    assert.deepEqual(await own.stop(), [0, null])
    assert.equal(own.errors(), '')
    servers.splice(servers.indexOf(own), 1)
    other.socket.close()
  })

  test('it is told that it may', async () => {
    assert.equal(check('system:about', 'reply', await ask(null, 'system:about')).tries, true)
  })
})

test('allowed, but no private address: not by number, not by name', async () => {
  const { ask, socket } = await connect(await serve('--allow-try'))
  for (const address of [undefined, `http://localhost:${port}`, `http://${hostname()}:${port}`]) {
    const { error } = check(TRY, 'error', await ask({ id: ID, server: address, values: { ID: '1' } }))
    assert.equal(error.code, 'refused', address)
  }
  socket.close()
})

test('not allowed: nothing is sent', async () => {
  const { ask, socket } = await connect(await serve())
  const { error } = check(TRY, 'error', await ask({ id: ID, values: { ID: '1' } }))
  assert.deepEqual([error.code, /--allow-try/.test(error.message)], ['refused', true])
  assert.equal((await ask({ id: ID, values: [1] })).error.code, 'invalid-argument')
  assert.equal((await ask(null, 'system:about')).tries, undefined)
  socket.close()
})
