// The program with several workers: another index takes the place of the one in use while all of them answer, again and
// again, and no question fails or stays without an answer. With the checks for memory, then with those for threads.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { io } from 'socket.io-client'
import { check, importInto, makeFolder, program, run, specs, startServerOf, threadProgram } from './support.mjs'

const folder = makeFolder()
const search = 'app:api-elements-search-action'
const ask = (socket, event, argument) => new Promise((done) => socket.emit(event, argument, done))

/** Clients of all workers: the last letter of a session's id is its worker's. */
async function connectToAll(url, workers, transport) {
  const sockets = [], seen = new Set()
  while (seen.size < workers || sockets.length < 2 * workers) {
    const socket = io(url, { transports: [transport], forceNew: true })
    await new Promise((done) => socket.on('connect', done))
    seen.add(socket.io.engine.id.slice(-1))
    sockets.push(socket)
  }
  return sockets
}

/** Asks without a pause until it is told to stop; stop() gives the number of answers. */
function askOn(sockets) {
  let isAsking = true
  const asked = sockets.map(async (socket, at) => {
    let count = 0
    for (; isAsking; count++) {
      const reply = await ask(socket, search, { keyword: 'pet', sequence: count })
      assert.ok(reply.hits?.length > 0, JSON.stringify(reply))
      assert.equal(reply.sequence, count)
      if (at === 0) check(search, 'reply', reply)
      if (count % 8 === at % 8) assert.equal((await ask(socket, 'app:api-element-details-action', 'petstore/object/Pet')).name, 'Pet')
    }
    return count
  })
  return {
    async stop() {
      isAsking = false
      return (await Promise.all(asked)).reduce((sum, count) => sum + count)
    },
  }
}

/** Resolves when the client is told of a catalogue with so many APIs; one that was made of many segments comes between. */
function told(socket, apis) {
  return new Promise((done, failed) => {
    socket.on('catalogue:updated', function listen(...args) {
      try {
        if (check('catalogue:updated', 'pushed', args)[0].counts.apis !== apis) return
        socket.off('catalogue:updated', listen)
        done()
      } catch (error) {
        failed(error)
      }
    })
  })
}

/** Every client is told; and whoever was told finds at once what is new, at whatever worker it is. */
async function takesInAtOnce(sockets, apis, change, finds) {
  const found = sockets.map(async (socket) => {
    await told(socket, apis)
    return finds(socket)
  })
  change()
  await Promise.all(found)
}

/** Changes the index, as soon as the server is not making one segment of many. */
function changeIndex(...args) {
  for (;;) {
    const result = run(args)
    if (result.status === 0) return
    assert.match(result.stderr, /another import is writing it/)
  }
}

function spec(name) {
  const path = join(folder, `${name}.json`)
  writeFileSync(path, JSON.stringify({ openapi: '3.0.0', info: { title: name }, paths: {}, components: { schemas: { [name]: { type: 'object' } } } }))
  return path
}

async function swapsWhileAllAsk(t, built, transport, workers, rounds) {
  const live = importInto(join(folder, `live-${transport}-${workers}`), specs)
  const server = await startServerOf(built, live, '--workers', String(workers))
  t.after(() => server.child.kill('SIGKILL')) // where the test has failed
  const sockets = await connectToAll(server.url, workers, transport)
  t.after(() => { for (const socket of sockets) socket.close() })
  const asking = askOn(sockets)
  for (let round = 0; round < rounds; round++) {
    const name = `zebraKeeper${'abcdefghijklmnop'[round]}`
    const path = spec(name)
    await takesInAtOnce(sockets, 3 + round, () => changeIndex('add', '--quiet', '--output', live, path), async (socket) => {
      assert.equal((await ask(socket, search, { keyword: `{${name}` })).hits[0]?.name, name)
    })
  }
  for (let i = 0; i < 20; i++) { // faster than they can be taken: some are overtaken
    server.child.kill('SIGHUP')
    await new Promise((done) => setTimeout(done, 5))
  }
  await takesInAtOnce(sockets, 2, () => changeIndex('import', '--quiet', '--output', live, specs), async () => {})
  assert.ok(await asking.stop() > sockets.length)
  for (const socket of sockets) socket.close()
  assert.deepEqual(await server.stop(), [0, null])
  assert.equal(server.errors(), '')
}

describe('another index while all workers answer', () => {
  for (const [checks, built] of [['memory', program], ['threads', threadProgram]])
    for (const [transport, workers] of [['websocket', 2], ['websocket', 3], ['polling', 3]])
      test(`${workers} workers, ${transport}, checked for ${checks}`, { timeout: 240000, skip: built === undefined }, (t) =>
        swapsWhileAllAsk(t, built, transport, workers, 12)) // so many segments that they are made one
})

test('--workers must be a number that there can be', () => {
  for (const bad of ['0', '65', 'many', '']) {
    const result = run(['serve', '--workers', bad])
    assert.equal(result.status, 2)
    assert.match(result.stderr, /^apiblaze serve: --workers is a number from 1 to 64/m)
  }
})
