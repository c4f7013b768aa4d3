// accessibility.test.mjs - axe finds nothing in any state, in light, dark, on a phone, and with forced colours.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKTOP, PHONE, assertAccessible, field, heading, openPage, screenshot, search, startBrowser, startServer } from './browser.mjs'

const MODES = {
  light: DESKTOP,
  dark: { ...DESKTOP, colorScheme: 'dark' },
  phone: PHONE,
  'phone-dark': { ...PHONE, colorScheme: 'dark' },
  forced: { ...DESKTOP, forcedColors: 'active' },
}
const K8S = '/api/kubernetes.io'
const STATES = {
  start: async (page, go) => { await go('/') },
  'start-list': async (page, go) => { await go('/'); await search(page, 'deployment') },
  api: async (page, go) => { await go(K8S); await page.getByText('Words to begin with').waitFor() },
  'api-list': async (page, go) => { await go(K8S); await search(page, 'deployment') },
  'no-hit': async (page, go) => { await go(K8S); await field(page).fill('xyzzyq'); await page.getByText('Nothing matches').waitFor() },
  object: async (page, go) => {
    await go(`${K8S}/object/PodSpec`)
    await page.getByRole('button', { name: 'Properties of affinity' }).click()
    await page.getByRole('button', { name: /^More about/ }).first().click()
  },
  property: async (page, go) => { await go(`${K8S}/object/io.k8s.api.core.v1.PodSpec#imagePullSecrets`); await page.locator('.facts').waitFor() },
  endpoint: async (page, go) => { await go(`${K8S}/endpoint/post/apis/apps/v1/namespaces/%7Bnamespace%7D/deployments`); await page.getByText('Responses').waitFor() },
  parameter: async (page, go) => { await go(`${K8S}/parameter/query/fieldSelector`); await page.locator('.facts').waitFor() },
  missing: async (page, go) => { await go(`${K8S}/object/Nothing`); await page.getByText('There is no such element').waitFor() },
  'no-page': async (page, go) => { await go('/nothing/here'); await page.getByText('There is no such page').waitFor() },
}

let server, browser

before(async () => {
  server = await startServer()
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

for (const [mode, options] of Object.entries(MODES)) {
  for (const [state, show] of Object.entries(STATES)) {
    test(`${state}, ${mode}`, async () => {
      const { page } = await openPage(browser, options)
      await show(page, (address) => page.goto(server.address + address))
      await heading(page).waitFor()
      await assertAccessible(page, `${state}, ${mode}`)
      const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      assert.equal(width, 0, 'the page scrolls sideways')
      await screenshot(page, `${state}-${mode}`)
      await page.context().close()
    })
  }
}
