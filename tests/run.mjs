// run.mjs - runs every test there is and counts them.
//
//   node tests/run.mjs [name…]     all suites, or those whose names contain one of the words
//
// Suites: the C tests of the asan build, the thread tests of the tsan build, and the node tests (page, servers
// against the official clients, browser). Each prints TAP; what a suite printed is in build/test-logs/.
// A program that dies counts as one failed test, so nothing is lost between the lines.

import { spawn, execFileSync } from 'node:child_process'
import { createWriteStream, mkdirSync, readdirSync, existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const logs = join(root, 'build/test-logs')

/** The tests that ctest knows in a build, as {name, command, arguments, timeout, labels}. */
function ctestPrograms(build) {
  const listed = execFileSync('ctest', ['--show-only=json-v1'], { cwd: join(root, 'build', build), maxBuffer: 1 << 26 })
  return JSON.parse(listed).tests.map((test) => {
    const property = Object.fromEntries((test.properties ?? []).map(({ name, value }) => [name, value]))
    return {
      name: `${build}/${test.name}`,
      command: test.command[0],
      arguments: test.command.slice(1),
      timeout: property.TIMEOUT ?? 300,
      labels: property.LABELS ?? [],
    }
  })
}

/** The *.test.mjs and *.test.js files below a folder. */
function testFiles(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => /\.test\.m?js$/.test(file))
    .map((file) => join(folder, file))
    .sort()
}

function nodeSuites(folder, environment, timeout) {
  return testFiles(folder).map((file) => ({
    name: file,
    command: process.execPath,
    arguments: ['--test', '--test-reporter=tap', file],
    environment,
    timeout,
  }))
}

/** Counts the results in TAP text: node's closing summary where there is one, else the lines. */
function count(text) {
  const summary = (word) => text.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1]
  if (summary('pass') !== undefined)
    return { passed: +summary('pass'), failed: +summary('fail') + +(summary('cancelled') ?? 0), skipped: +(summary('skipped') ?? 0) }
  const lines = (pattern) => (text.match(pattern) ?? []).length
  // cmocka 1.1 writes "not ok 3 # SKIP name" for a test that was skipped.
  const passed = lines(/^ok (?!.*# SKIP)/gm)
  const failed = lines(/^not ok (?!.*# SKIP)/gm)
  return { passed, failed, skipped: lines(/^(not )?ok .*# SKIP/gm) }
}

/** Runs one suite to its end. */
function run(suite) {
  return new Promise((done) => {
    const log = createWriteStream(join(logs, suite.name.replaceAll('/', '_') + '.log'))
    const started = Date.now()
    const child = spawn(suite.command, suite.arguments, {
      cwd: root,
      env: { ...process.env, CMOCKA_MESSAGE_OUTPUT: 'TAP', ...suite.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    const collect = (piece) => { text += piece; log.write(piece) }
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    const killer = setTimeout(() => { collect(`\n# stopped after ${suite.timeout} s\n`); child.kill('SIGKILL') }, suite.timeout * 1000)
    child.on('error', (error) => collect(`\n# ${error.message}\n`))
    child.on('close', (code, signal) => {
      clearTimeout(killer)
      log.end()
      const result = count(text)
      if (code !== 0 && result.failed === 0) result.failed = 1
      if (result.passed + result.failed + result.skipped === 0) result.failed = 1 // a suite that ran nothing is no success
      done({ ...result, seconds: (Date.now() - started) / 1000, text, ended: signal ?? code })
    })
  })
}

function report(suite, result) {
  const line = `${result.failed ? 'FAILED' : 'ok    '} ${suite.name} (${result.passed} passed` +
    `${result.failed ? `, ${result.failed} failed` : ''}${result.skipped ? `, ${result.skipped} skipped` : ''}, ${result.seconds.toFixed(1)} s)`
  console.log(line)
  if (result.failed) console.log(result.text.split('\n').slice(-60).map((row) => `    ${row}`).join('\n'))
}

/** Runs suites, `width` at a time. */
async function runAll(suites, width, total) {
  const waiting = [...suites]
  const lane = async () => {
    for (let suite; (suite = waiting.shift()); ) {
      const result = await run(suite)
      report(suite, result)
      for (const key of ['passed', 'failed', 'skipped']) total[key] += result[key]
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
}

const wanted = process.argv.slice(2)
const chosen = (suites) => suites.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
const total = { passed: 0, failed: 0, skipped: 0 }
mkdirSync(logs, { recursive: true })

const sanitized = { APIBLAZE: join(root, 'build/asan/app/cli/apiblaze'), APIBLAZE_TSAN: join(root, 'build/tsan/app/cli/apiblaze'), APIBLAZE_BUILD: join(root, 'build/asan') }
// What a person sees is the program as it is released; the servers for tests are built with sanitizers alone.
const released = { APIBLAZE: join(root, 'build/apiblaze'), APIBLAZE_BUILD: join(root, 'build/asan'), APIBLAZE_INDEX: join(root, 'build/catalogue.apiblaze') }
const parallel = [
  ...ctestPrograms('asan'),
  ...ctestPrograms('tsan').filter(({ labels }) => labels.includes('threads')),
  ...nodeSuites('web/test', {}, 120),
  ...nodeSuites('tests/integration', sanitized, 600),
  ...nodeSuites('tests/samples', released, 600),
]
await runAll(chosen(parallel), availableParallelism(), total)
// The browser has the machine to itself: it measures what a person would see.
await runAll(chosen(nodeSuites('tests/browser', released, 900)), 1, total)

console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = total.failed ? 1 : 0
