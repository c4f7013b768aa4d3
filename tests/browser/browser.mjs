// browser.mjs - starts the program and a real browser for the tests beside it.
//
// APIBLAZE: the program (build/apiblaze), APIBLAZE_INDEX: its catalogue (build/catalogue.apiblaze).
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const program = resolve(root, process.env.APIBLAZE ?? 'build/apiblaze')
const index = resolve(root, process.env.APIBLAZE_INDEX ?? 'build/catalogue.apiblaze')
const screenshots = join(root, 'build/screenshots')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium'
// No sandbox: the tests may run as root. The rest keeps the browser from talking to anyone but the server.
const BROWSER_OPTIONS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']
const PATIENCE = 15_000 // milliseconds, for whatever is waited for

/** An index of the specifications (objects) in `specs`, made in `folder`: { name: specification }. Returns its path. */
export function makeIndex(folder, specs) {
  for (const [name, spec] of Object.entries(specs)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(spec))
  const output = join(folder, 'index.apiblaze')
  execFileSync(program, ['import', '--output', output, ...Object.keys(specs).map((name) => join(folder, `${name}.json`))], { stdio: 'ignore' })
  return output
}

/** Starts the program; port 0 takes a free one. Returns { address, port, stop(), kill() }. */
export async function startServer(port = 0, own = index, ...options) {
  const child = spawn(program, ['serve', '--port', String(port), '--index', own, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await printedAddress(child)
  const end = async (signal) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await once(child, 'exit')
    }
    return child.exitCode
  }
  return { address, port: Number(new URL(address).port), stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

function printedAddress(child) {
  return new Promise((resolve_, reject) => {
    let text = ''
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`the program ended with ${code} before it printed an address: ${text}`)))
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      text += piece
      const [address] = /http:\/\/[\w.:[\]-]+:\d+/.exec(text) ?? []
      if (address) resolve_(address)
    })
  })
}

export function startBrowser() {
  return chromium.launch({ executablePath: BROWSER, headless: true, args: BROWSER_OPTIONS })
}

export const DESKTOP = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }
export const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true, isMobile: true }

/** A page of its own, with its own storage. `complaints` collects errors of scripts, of the console, and requests to
 * anyone but the server. */
export async function openPage(browser, options = DESKTOP) {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  const complaints = []
  page.on('pageerror', (error) => complaints.push(`script: ${error.stack}`))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!/^http:\/\/127\.0\.0\.1[:/]/.test(request.url())) complaints.push(`request: ${request.url()}`)
  })
  return { page, complaints }
}

/** Saves what is seen as build/screenshots/<name>.png. */
export async function screenshot(page, name) {
  mkdirSync(screenshots, { recursive: true })
  await page.screenshot({ path: join(screenshots, `${name}.png`) })
}

/** Fails with what axe finds. */
export async function assertAccessible(page, name) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }))
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`))
  assert.deepEqual(found, [], `${name} has ${found.length} faults`)
}

/** The path, query and fragment that the address bar shows. */
export function shownAddress(page) {
  const { pathname, search, hash } = new URL(page.url())
  return pathname + search + hash
}

export const field = (page) => page.locator('#search')
export const rows = (page) => page.locator('[role=option]')
export const activeRow = (page) => page.locator('[role=option][aria-selected=true]')
export const heading = (page) => page.locator('h1')
export const markedLine = (page) => page.locator('[role=tabpanel] mark')

/** Types into the field, as a person does, and waits for the rows that answer it. */
export async function search(page, text) {
  await field(page).fill('')
  await field(page).pressSequentially(text)
  await page.waitForFunction(() => document.querySelector('[role=option]') && !document.querySelector('.popup .progress'))
}

/** Presses ArrowDown until the active row's text fits. */
export async function walkTo(page, pattern, most = 24) {
  for (let step = 0; step < most; step++) {
    if (pattern.test(await activeRow(page).innerText())) return step
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`no row fits ${pattern}: ${(await rows(page).allInnerTexts()).join(' | ').replaceAll('\n', ' ')}`)
}
