// fresh-page.mjs - imported by a file of tests: one server and browser for all of them, and for each a page of its own, which
// must have complained of nothing when the test is over.
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach } from 'node:test'
import { openPage, startBrowser, startServer } from './browser.mjs'

export let server, browser, page, complaints

/** Opens an address of the server in the page. */
export const go = (address) => page.goto(server.address + address)

before(async () => {
  server = await startServer()
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})
beforeEach(async () => {
  ({ page, complaints } = await openPage(browser))
})
afterEach(async () => {
  await page.context().close()
  assert.deepEqual(complaints, [])
})
