// search_peer.mjs - a search library of npm over the same elements and query sets as ours:
// node --max-old-space-size=16000 bench/peers/search_peer.mjs minisearch|flexsearch|original ELEMENTS.jsonl SET.jsonl …
//
// Each is set up as its documents advise for search as you type: prefixes, typing errors where it has them, names
// before descriptions. Rows are judged as bench/search_bench.c does.

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { judge, readSet, report } from './search_judge.mjs'

const rows = 10

/** Words as names are written: imagePullSecrets is found by "pull", too. */
const words = (text) => [...text.split(/[^\p{L}\p{N}]+/u), ...text.split(/(?<=\p{Ll})(?=\p{Lu})|[^\p{L}\p{N}]+/u)].map((each) => each.toLowerCase()).filter(Boolean)

async function minisearch() {
  const { default: MiniSearch } = await import('minisearch')
  const index = new MiniSearch({
    fields: ['name', 'op', 'owner', 'method', 'text'],
    tokenize: (text, field) => (field === 'text' ? text.split(/[^\p{L}\p{N}]+/u) : [...new Set(words(text))]),
    searchOptions: { prefix: true, fuzzy: 0.2, boost: { name: 4, op: 3, owner: 2 }, combineWith: 'AND' },
  })
  return {
    add: (element, id) => index.add({ ...element, id }),
    find: (text) => index.search(text).slice(0, rows).map((hit) => hit.id),
  }
}

async function flexsearch() {
  const { Document } = (await import('flexsearch')).default
  const field = (name, tokenize) => ({ field: name, tokenize, encode: (text) => [...new Set(words(text))] })
  const index = new Document({ document: { id: 'id', index: [field('name', 'forward'), field('op', 'forward'), field('owner', 'forward'), field('text', 'strict')] } })
  return {
    add: (element, id) => index.add({ ...element, id }),
    find: (text) => [...new Set(index.search(text, { limit: rows }).flatMap((part) => part.result))].slice(0, rows),
  }
}

/** The keyword as a pattern over every API's record; it knows nothing below. */
async function original() {
  const records = []
  return {
    add: (element, id) => element.kind === 'api' && records.push({ id, text: `${element.api}\n${element.name}\n${element.text}` }),
    find(text) {
      let pattern
      try {
        pattern = new RegExp(text, 'gi')
      } catch {
        return []
      }
      const scored = records.map(({ id, text }) => ({ id, score: (text.match(pattern) ?? []).length })).filter(({ score }) => score)
      return scored.sort((a, b) => b.score - a.score).slice(0, rows).map(({ id }) => id)
    },
  }
}

const [name, elementsFile, ...sets] = process.argv.slice(2)
const engine = await { minisearch, flexsearch, original }[name]()
const elements = []
for await (const line of createInterface({ input: createReadStream(elementsFile) })) elements.push(JSON.parse(line))
const before = process.memoryUsage().rss, started = performance.now()
elements.forEach((element, id) => engine.add(element, id))
console.log(`${name}: built in ${((performance.now() - started) / 1000).toFixed(1)} s, ${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB`)
for (const file of sets) {
  const queries = readSet(file), micros = []
  let score = 0, judged = 0
  for (const query of queries) {
    const start = performance.now()
    const found = engine.find(query.q)
    micros.push((performance.now() - start) * 1000)
    if (!query.want) continue
    judged++
    score += judge(query, found.map((id) => elements[id]))
  }
  report(file, micros, judged ? score / judged : undefined)
}
