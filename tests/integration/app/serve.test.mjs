// The server as a program: what it prints, the page and health over HTTP, signals, a new index while serving.

import assert from 'node:assert/strict'
import { renameSync, writeFileSync } from 'node:fs'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { io } from 'socket.io-client'
import { check, importInto, makeFolder, run, specs, startServer } from './support.mjs'

const folder = makeFolder()
const index = join(folder, 'index')
let server
before(async () => { server = await startServer(importInto(index, specs)) })
after(() => server?.stop())

test('prints that it boots, what it holds and where it listens', () => {
  assert.match(server.lines[0], /^BOOTING \| apiblaze v\d+\.\d+\.\d+$/)
  assert.match(server.lines[1], /^CATALOGUE \| 2 APIs, 5 endpoints, 8 objects, [\d,]+ properties, 3 parameters/)
  assert.match(server.lines[2], /^LISTENING \| http:\/\/127\.0\.0\.1:\d+$/)
})

describe('over HTTP', () => {
  const get = (path, options) => fetch(server.url + path, options)

  test('/health is healthy', async () => {
    const reply = await get('/health')
    assert.equal(reply.status, 200)
    assert.match(reply.headers.get('content-type'), /^application\/json/)
    assert.deepEqual(await reply.json(), { status: 'healthy' })
    const refused = await get('/health', { method: 'POST' })
    assert.deepEqual([refused.status, refused.headers.get('allow')], [405, 'GET, HEAD'])
  })

  test('the page is served with its headers at / and at the addresses of elements', async () => {
    const search = run(['search', '--index', index, '--json', '-k', 'object', 'pet'])
    const { id, api } = JSON.parse(search.stdout).hits[0]
    for (const [path, title] of [['/', /ApiBlaze/], [`/${api}`, /Pet Store/], [`/${id}`, /Pet · Pet Store/], [`/${api}?q=name&in=object`, /Pet Store/],
      [`/${api}/endpoint/get/pets/%7BpetId%7D`, /GET \/pets.*Pet Store/], [`/api/${id}?q=name`, /Pet · Pet Store/]]) {
      const reply = await get(path)
      assert.equal(reply.status, 200, path)
      assert.match(reply.headers.get('content-type'), /^text\/html/)
      assert.match(reply.headers.get('content-security-policy'), /default-src 'self'/)
      assert.equal(reply.headers.get('x-content-type-options'), 'nosniff')
      assert.equal(reply.headers.get('referrer-policy'), 'no-referrer')
      const html = await reply.text()
      assert.match(html.match(/<title>(.*)<\/title>/)[1], title, path)
      assert.match(html, new RegExp(`<meta name="description" content="[^"]+">`))
      assert.equal(html.match(/<link rel="canonical" href="([^"]*)">/)[1], new URL(path.replace(/^\/api|\?.*/g, ''), reply.url).href)
    }
  })

  test('what is not there is the page with 404', async () => {
    for (const path of ['/nowhere', '/api/nowhere', '/petstore.example/object/Nothing', '/api/', '/%2e%2e/%2e%2e/etc/passwd', '/main.js.map']) {
      const reply = await get(path)
      assert.equal(reply.status, 404, path)
      assert.match(await reply.text(), /<title>/, path)
    }
  })

  test('every asset that the page names is there', async () => {
    const html = await (await get('/')).text()
    const paths = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path).filter((path) => /\.\w+$/.test(path))
    assert.ok(paths.length >= 2)
    for (const path of paths) assert.equal((await get(path)).status, 200, path)
  })
})

describe('signals and ports', () => {
  for (const signal of ['SIGTERM', 'SIGINT'])
    test(`${signal} ends it with 0, clients and all`, async () => {
      const own = await startServer(index)
      const socket = io(own.url)
      await new Promise((done) => socket.on('connect', done))
      const idle = connectTcp(new URL(own.url).port, '127.0.0.1').on('error', () => {})
      assert.deepEqual(await own.stop(signal), [0, null])
      assert.equal(own.errors(), '')
      socket.close()
      idle.destroy()
    })

  test('SIGUSR1 is none of its business', async () => {
    const own = await startServer(index)
    own.child.kill('SIGUSR1')
    assert.equal((await fetch(`${own.url}/health`)).status, 200)
    assert.deepEqual(await own.stop(), [0, null])
  })

  test('a port in use is told in a sentence, with status 2', () => {
    const { port } = new URL(server.url)
    const result = run(['serve', '--index', index, '--port', port])
    assert.equal(result.status, 2)
    assert.match(result.stderr, new RegExp(`port ${port} of 127\\.0\\.0\\.1 is in use`))
  })

  test('an address that is none is told in a sentence, with status 2', () => {
    const result = run(['serve', '--index', index, '--port', '0', '--host', 'nowhere.invalid'])
    assert.equal(result.status, 2)
    assert.match(result.stderr, /^apiblaze serve: .*nowhere\.invalid/m)
  })
})

describe('a new index', () => {
  const pushed = (socket) => new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error('catalogue:updated did not come')), 20000)
    socket.once('catalogue:updated', (...args) => { clearTimeout(timer); done(args) })
  })
  const ask = (socket, event, argument) => new Promise((done) => socket.emit(event, argument, done))

  test('is swapped in when the file is replaced, and told to every client; a bad one is not', async () => {
    const live = importInto(join(folder, 'live'), join(specs, 'petstore.json'))
    const own = await startServer(live)
    const socket = io(own.url)
    await new Promise((done) => socket.on('connect', done))
    assert.equal((await ask(socket, 'app:api-search-action', 'clinic')).length, 0)

    const before = check('system:about', 'reply', await ask(socket, 'system:about', null))
    assert.deepEqual([before.counts.apis, before.page.length], [1, 18])
    let news = pushed(socket)
    importInto(live, specs)
    assert.equal(check('catalogue:updated', 'pushed', await news)[0].counts.apis, 2)
    const after = await ask(socket, 'system:about', null)
    assert.deepEqual([after.counts.apis, after.page], [2, before.page])
    assert.notEqual(after.catalogue, before.catalogue)
    assert.equal((await ask(socket, 'app:api-search-action', 'clinic')).length, 1)

    writeFileSync(`${live}.bad`, 'no index')
    renameSync(`${live}.bad`, live)
    while (own.errors() === '') await new Promise((done) => setTimeout(done, 50))
    assert.match(own.errors(), /the old one stays/)
    assert.equal((await ask(socket, 'app:api-search-action', 'clinic')).length, 1)

    importInto(live, specs)
    news = pushed(socket)
    own.child.kill('SIGHUP')
    check('catalogue:updated', 'pushed', await news)
    socket.close()
    assert.deepEqual(await own.stop(), [0, null])
  })

  test('is there as soon as something was added or removed, and no question fails meanwhile', async () => {
    const live = importInto(join(folder, 'grown'), specs)
    const own = await startServer(live)
    const socket = io(own.url)
    await new Promise((done) => socket.on('connect', done))
    const find = (keyword) => ask(socket, 'app:api-elements-search-action', keyword)
    let asking = true
    socket.on('disconnect', () => { asking = false })
    const asked = (async () => {
      let count = 0
      for (; asking; count++) {
        const reply = await find('pet')
        assert.ok(reply.hits.length > 0, JSON.stringify(reply))
      }
      return count
    })()
    try {
      assert.equal((await find('zebraKeeper')).total, 0)
      for (let round = 0; round < 12; round++) { // so many segments that they are made one
        const extra = join(folder, `zebras${round}.json`)
        writeFileSync(extra, JSON.stringify({ openapi: '3.0.0', info: { title: 'Zebras' }, paths: {}, components: { schemas: { zebraKeeper: { type: 'object' } } } }))
        const news = pushed(socket)
        const added = run(['add', '--output', live, extra])
        assert.equal(added.status, 0, added.stderr)
        assert.match(added.stdout, /^1 imported, 0 failed$/m)
        await news
        // The news may be that of segments made one in the background, which comes just before.
        let found = await find('zebraKeeper')
        for (let wait = 0; found.hits[0]?.apiCount !== round + 1 && wait < 500; wait++) {
          await new Promise((done) => setTimeout(done, 20))
          found = await find('zebraKeeper')
        }
        assert.deepEqual([found.total, found.hits[0].apiCount], [1, round + 1])
      }
      const gone = Array.from({ length: 12 }, (_, round) => `zebras${round}`)
      assert.equal(run(['remove', '--index', live, 'nobody', ...gone]).status, 1)
      assert.equal((await find('zebraKeeper')).total, 1)
      assert.equal(run(['remove', '--index', live, ...gone]).status, 0)
      while ((await find('zebraKeeper')).total > 0) await new Promise((done) => setTimeout(done, 20))
    } finally {
      asking = false
    }
    assert.ok(await asked > 0)
    socket.close()
    assert.deepEqual(await own.stop(), [0, null])
    assert.equal(run(['search', '--index', live, 'pet']).status, 0)
  })
})
