// support.mjs - what the tests of the program share: an index of the fixtures, a running server, the contract's schemas.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Ajv2020 from 'ajv/dist/2020.js'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
export const program = process.env.APIBLAZE ?? join(root, 'build/apiblaze')
/** The same, built with ThreadSanitizer; undefined: it is not there. */
export const threadProgram = process.env.APIBLAZE_TSAN
export const specs = join(root, 'tests/data/app')

/** The environment without what would lead the program to another index. */
const environment = { ...process.env, COLUMNS: '100', LC_ALL: 'C.UTF-8' }
delete environment.APIBLAZE_INDEX

/** A folder that goes when the tests of the file are over. */
export function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'apiblaze-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs the program to its end: {status, stdout, stderr}. */
export function run(args, options = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', env: environment, maxBuffer: 1 << 26, ...options })
  if (result.error) throw result.error
  return result
}

/** Imports paths into `index`. */
export function importInto(index, ...paths) {
  const result = run(['import', '--quiet', '--output', index, ...paths])
  if (result.status !== 0) throw new Error(`import failed: ${result.stderr}`)
  return index
}

/** Starts a server on a free port: {url, child, lines, stop}. Lines are those printed so far. */
export const startServer = (index, ...args) => startServerOf(program, index, ...args)

/** The same of another build of the program. */
export async function startServerOf(builtProgram, index, ...args) {
  const child = spawn(builtProgram, ['serve', '--port', '0', '--index', index, ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines = []
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text))
  const exited = once(child, 'exit')
  const url = await new Promise((listening, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      const address = line.match(/^LISTENING \| (http:\S+)$/)?.[1]
      if (address) listening(address)
    })
    exited.then(([code, signal]) => failed(new Error(`the server ended (${signal ?? code}): ${errors}`)))
  })
  return {
    url, child, lines, errors: () => errors,
    /** Ends it with a signal; resolves to [exit code, signal]. */
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return await exited
    },
  }
}

const ajv = new (Ajv2020.default ?? Ajv2020)({ strict: true, strictTypes: false, strictTuples: false, allErrors: true })
const contract = join(root, 'contract')
/** Event names by the schema files that describe them. */
export const events = new Map()
for (const file of readdirSync(contract).filter((name) => name.endsWith('.json'))) {
  const schema = JSON.parse(readFileSync(join(contract, file)))
  ajv.addSchema(schema)
  if (file !== 'definitions.json') events.set(schema.title, file)
}

/** Throws unless `value` is what `part` ("reply", "error", "arguments", "pushed") of the event's schema says. */
export function check(event, part, value) {
  const validate = ajv.getSchema(`${events.get(event)}#/$defs/${part}`)
  if (!validate(value))
    throw new Error(`${event} ${part}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value, null, 1).slice(0, 4000)}`)
  return value
}
