// search_judge.mjs - query sets, and what counts as found in them: the same as in bench/search_bench.c.

import { readFileSync } from 'node:fs'

/** The longer libraries take seconds a query over the whole catalogue, so each set is asked in part, evenly. */
const most = Number(process.env.SEARCH_PEER_QUERIES ?? 300)

export function readSet(file) {
  const all = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line))
  const step = Math.max(1, all.length / most)
  return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
}

const same = (a, b) => (a ?? '').toLowerCase() === (b ?? '').toLowerCase()

function isRight(query, element) {
  if (element.kind !== query.kind) return false
  if (query.field === 'op') return same(element.op, query.want)
  if (query.field === 'bag') {
    const text = `${element.op ?? ''} ${element.text} ${element.name}`.toLowerCase()
    return query.want.split(' ').every((word) => text.includes(word.toLowerCase()))
  }
  if (!same(element.name, query.want) && !(element.kind === 'endpoint' && same(`${element.method} ${element.name}`, query.want))) return false
  return query.field !== 'name+owner' || (element.owner ?? '').split('.').some((part) => same(part, query.owner))
}

/** 1 / the rank of the first right row, 0 when there is none. */
export function judge(query, elements) {
  const at = elements.findIndex((element) => isRight(query, element))
  return at < 0 ? 0 : 1 / (at + 1)
}

export function report(file, micros, mrr) {
  micros.sort((a, b) => a - b)
  const at = (share) => micros[Math.min(micros.length - 1, Math.floor(micros.length * share))].toFixed(1).padStart(11)
  const name = file.replace(/.*\//, '').replace(/\..*/, '')
  console.log(`${name.padEnd(12)} ${String(micros.length).padStart(6)} ${at(0.5)} ${at(0.99)} ${at(1)} ${mrr === undefined ? '' : mrr.toFixed(3).padStart(8)}`)
}
