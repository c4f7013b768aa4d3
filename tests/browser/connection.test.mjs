// connection.test.mjs - the server goes away and comes back while the page is open.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { field, heading, makeIndex, openPage, rows, screenshot, search, startBrowser, startServer } from './browser.mjs'

let server, browser, page

before(async () => {
  server = await startServer()
  browser = await startBrowser();
  ({ page } = await openPage(browser)) // the console tells of each failed attempt to connect: that is what is tested
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

test('offline: the sign appears, what was loaded stays, questions wait for the connection', async () => {
  await page.goto(`${server.address}/kubernetes.io/object/PodSpec`)
  await heading(page).getByText('PodSpec').waitFor()
  await search(page, 'deploy')
  await server.kill()
  await page.getByText('Offline').waitFor()
  assert.ok((await rows(page).count()) > 0)
  await field(page).fill('imagePullSecrets')
  assert.ok((await rows(page).count()) > 0, 'the old rows stay while the new ones are waited for')
  await screenshot(page, 'offline')
  server = await startServer(server.port)
  await rows(page).filter({ hasText: 'imagePullSecrets' }).first().waitFor()
  assert.equal(await page.getByText('Offline').count(), 0)
})

test('an element chosen while offline is shown when the connection is back', async () => {
  await server.stop()
  await page.getByText('Offline').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**#imagePullSecrets')
  assert.match(await heading(page).innerText(), /PodSpec/, 'what was loaded is shown until then')
  server = await startServer(server.port)
  await heading(page).getByText('imagePullSecrets').waitFor()
})

test('the server ends within a moment although a page is connected', async () => {
  assert.equal(await server.stop(), 0)
})

const pets = (description) => ({
  openapi: '3.0.3', info: { title: 'Pets', version: '1' }, paths: {},
  components: { schemas: { Pet: { type: 'object', description, properties: { owner: { type: 'object', properties: { name: { type: 'string' } } } } } } },
})

test('a changed specification appears without a reload, and what was open stays open', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'apiblaze-live-'))
  const own = await startServer(0, makeIndex(folder, { pets: pets('An animal.') }))
  await page.goto(`${own.address}/pets/object/Pet`)
  await page.getByText('An animal.').waitFor()
  await page.getByRole('button', { name: 'Properties of owner' }).click()
  await page.evaluate(() => { window.isSame = true })
  makeIndex(folder, { pets: pets('A friend.') })
  await page.getByText('A friend.').waitFor()
  assert.equal(await page.evaluate(() => window.isSame), true)
  assert.equal(await page.getByRole('button', { name: 'Properties of owner' }).getAttribute('aria-expanded'), 'true')
  await own.stop()
  rmSync(folder, { recursive: true })
})
