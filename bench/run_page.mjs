// run_page.mjs - the page's figures in docs/benchmarks.md, in headless Chromium, with the default catalogue:
//
//   node bench/run_page.mjs [--runs 5]
//   LIGHTHOUSE=<folder of the npm package lighthouse> node bench/run_page.mjs      its scores, too
//
// Times are those of the page's own clock, from the beginning of the navigation; each run has a profile of its own.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DESKTOP, field, heading, search, startBrowser, startServer } from '../tests/browser/browser.mjs'

const runs = Number(process.argv[process.argv.indexOf('--runs') + 1]) || 5
const POD_SPEC = '/kubernetes.io/object/io.k8s.api.core.v1.PodSpec'
const TYPED = ['imagePullSecrets', 'deployment', 'livenessProbe httpGet', 'POST deployments', 'toleration effect', 'restartPolicy']
const KEY_PAUSE = 60 // milliseconds between keys: a fast typist

const sorted = (values) => [...values].sort((a, b) => a - b)
const median = (values) => sorted(values)[values.length >> 1]
const part = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))]

/** In the page: notes long tasks, and for each key when what it changed was painted. */
function watch() {
  window.bench = { tasks: [], keys: [] }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.bench.tasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  let pressed = 0
  addEventListener('keydown', (event) => { pressed = event.timeStamp }, true)
  // A change of the rows is on the screen when the frame that follows it has ended.
  new MutationObserver((changes) => {
    if (!pressed || !changes.some(({ target }) => (target.parentElement ?? target).closest?.('.popup'))) return
    const since = pressed
    pressed = 0
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => window.bench.keys.push(performance.now() - since)
      channel.port2.postMessage(0)
    })
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
}

async function open(browser) {
  const context = await browser.newContext(DESKTOP)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await page.addInitScript(watch)
  return { page, context, devtools }
}

/** A port that leads to the server's, and counts what comes from there: headers, frames and all. */
async function countingPort(port) {
  const counter = { bytes: 0, ports: net.createServer() }
  counter.ports.on('connection', (client) => {
    const server = net.connect(port, '127.0.0.1')
    for (const side of [client, server]) side.on('error', () => {})
    server.on('data', ({ length }) => { counter.bytes += length })
    client.pipe(server).pipe(client)
  })
  await once(counter.ports.listen(0, '127.0.0.1'), 'listening')
  return counter
}

/** Bytes on the wire until a key typed on the page at `path` is answered. */
async function bytesToSearch(browser, port, path) {
  const counter = await countingPort(port)
  const { page, context } = await open(browser)
  await page.goto(`http://127.0.0.1:${counter.ports.address().port}${path}`)
  await page.waitForTimeout(500)
  const before = counter.bytes
  await search(page, 'p')
  await page.waitForTimeout(200)
  await context.close()
  counter.ports.close()
  return [before, counter.bytes]
}

/** Loads an element's page, and types one key as soon as that is possible. */
async function firstVisit(browser, address) {
  const { page, context, devtools } = await open(browser)
  await page.goto(address + POD_SPEC, { waitUntil: 'commit' })
  const content = await page.waitForFunction(() => document.querySelector('.fields') && performance.now(), null, { polling: 'raf' })
  await field(page).focus()
  await page.keyboard.press('p')
  const usable = await page.waitForFunction(() => document.querySelector('#search').value === 'p' && document.querySelector('[role=option]') && performance.now(), null, { polling: 'raf' })
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)
  await page.waitForTimeout(300)
  const found = { paint, content: await content.jsonValue(), usable: await usable.jsonValue() }
  found.heap = await heapOf(devtools)
  found.elements = await page.evaluate(() => document.querySelectorAll('*').length)
  await context.close()
  return found
}

async function heapOf(devtools) {
  await devtools.send('HeapProfiler.enable')
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('Performance.enable')
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize').value
}

/** Types over the whole catalogue and in one API, opens what is found, goes back and forth. */
async function session(browser, address) {
  const { page, context, devtools } = await open(browser)
  for (const start of ['/', '/kubernetes.io']) {
    await page.goto(address + start)
    await field(page).waitFor()
    for (const text of TYPED) {
      await field(page).fill('')
      await field(page).pressSequentially(text, { delay: KEY_PAUSE })
      await search(page, text)
    }
    await page.keyboard.press('Enter')
    await heading(page).waitFor()
    await page.waitForTimeout(300)
  }
  for (const element of ['/object/io.k8s.api.apps.v1.Deployment', '/endpoint/post/apis/apps/v1/namespaces/%7Bnamespace%7D/deployments', '/parameter/query/fieldSelector', '']) {
    await page.goto(`${address}/kubernetes.io${element}`)
    await heading(page).waitFor()
    await page.waitForTimeout(300)
  }
  const tasks = await page.evaluate(() => window.bench.tasks)
  const found = { tasks, heap: await heapOf(devtools) }
  await context.close()
  return found
}

/** Each key until its answer is painted. */
async function keystrokes(browser, address, start) {
  const { page, context } = await open(browser)
  await page.goto(address + start)
  await field(page).waitFor()
  await page.waitForTimeout(500)
  for (const text of TYPED) {
    await field(page).fill('')
    await field(page).pressSequentially(text, { delay: KEY_PAUSE })
    await page.waitForTimeout(200)
  }
  const found = await page.evaluate(() => window.bench)
  await context.close()
  return found
}

async function lighthouse(address, folder) {
  const { default: run, desktopConfig } = await import(pathToFileURL(join(folder, 'core/index.js')))
  const { launch } = await import(pathToFileURL(join(folder, '../chrome-launcher/dist/index.js')))
  for (const [place, path] of [['start', '/'], ['object', POD_SPEC]]) {
    for (const [name, config] of [['desktop', desktopConfig], ['mobile', undefined]]) {
      const chrome = await launch({ chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium', chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] })
      const { lhr } = await run(address + path, { port: chrome.port, onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'] }, config)
      const scores = Object.values(lhr.categories).map(({ id, score }) => `${id} ${Math.round(score * 100)}`).join(', ')
      console.log(`  ${place}, ${name}: ${scores} (LCP ${lhr.audits['largest-contentful-paint'].displayValue}, TBT ${lhr.audits['total-blocking-time'].displayValue})`)
      for (const { id, auditRefs } of Object.values(lhr.categories))
        for (const { id: audit, weight } of auditRefs) if (weight > 0 && lhr.audits[audit].score !== null && lhr.audits[audit].score < 0.9) console.log(`    ${id}: ${audit} ${lhr.audits[audit].score}`)
      await chrome.kill()
    }
  }
}

const server = await startServer()
const browser = await startBrowser()
const milliseconds = (value) => `${value.toFixed(0)} ms`
try {
  const visits = []
  for (let run = 0; run < runs; run++) visits.push(await firstVisit(browser, server.address))
  const of = (name) => median(visits.map((visit) => visit[name]))
  console.log(`first visit of PodSpec (median of ${runs})`)
  console.log(`  first contentful paint ${milliseconds(of('paint'))}, content ${milliseconds(of('content'))}, search usable ${milliseconds(of('usable'))}`)
  console.log(`  JS heap ${(of('heap') / 1e6).toFixed(1)} MB, ${of('elements')} elements`)
  for (const [name, path] of [['start page', '/'], ['PodSpec', POD_SPEC]]) {
    const [before, after] = await bytesToSearch(browser, server.port, path)
    console.log(`bytes on the wire, ${name}: ${before} until it is there, ${after} until the first search is answered`)
  }
  for (const [name, start] of [['whole catalogue', '/'], ['kubernetes.io', '/kubernetes.io']]) {
    const { keys, tasks } = await keystrokes(browser, server.address, start)
    console.log(`keystroke to painted results, ${name}: ${keys.length} keys, p50 ${part(keys, 0.5).toFixed(1)} ms, p95 ${part(keys, 0.95).toFixed(1)} ms, max ${part(keys, 1).toFixed(1)} ms; ${tasks.length} long tasks`)
  }
  const long = await session(browser, server.address)
  console.log(`a session of typing and reading: ${long.tasks.length} long tasks${long.tasks.length ? ` (${long.tasks.map(milliseconds).join(', ')})` : ''}, JS heap ${(long.heap / 1e6).toFixed(1)} MB after it`)
  if (process.env.LIGHTHOUSE) {
    console.log(`Lighthouse ${JSON.parse(readFileSync(join(process.env.LIGHTHOUSE, 'package.json'), 'utf8')).version}`)
    await lighthouse(server.address, process.env.LIGHTHOUSE)
  }
} finally {
  await browser.close()
  await server.stop()
}
