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
const K8S = '/kubernetes.io'
const STATES = {
  start: async (page, go) => { await go('/') },
  'start-list': async (page, go) => { await go('/'); await search(page, 'deployment') },
  api: async (page, go) => { await go(K8S); await page.getByText('Endpoints by tag').waitFor() },
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
  strayed: async (page, go) => { await go(`${K8S}/object/PodSpek`); await page.getByText('is not here').waitFor() },
  missing: async (page, go) => { await go('/nothing/here'); await page.getByText('There is no such element').waitFor() },
  begin: async (page, go) => { await go(K8S); await field(page).press('ArrowDown'); await page.getByText('The object that most').waitFor() },
  help: async (page, go) => { await go('/'); await page.getByRole('button', { name: 'Keys and settings' }).click() },
  source: async (page, go) => {
    await go(`${K8S}/object/io.k8s.api.core.v1.PodSpec#imagePullSecrets`)
    await page.getByText('In the specification').click()
    await page.getByRole('region', { name: 'In the specification' }).waitFor()
  },
  'try-it': async (page, go) => {
    await go(`${K8S}/parameter/query/limit`)
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('.trial .fault').waitFor() // the name of its server leads nowhere
  },
}

let server, browser

before(async () => {
  server = await startServer(0, undefined, '--allow-try')
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

for (const [mode, options] of Object.entries(MODES)) {
  test(mode, async (context) => {
    const { page } = await openPage(browser, options)
    for (const [state, show] of Object.entries(STATES)) {
      await context.test(`${state}, ${mode}`, async () => {
        await show(page, (address) => page.goto(server.address + address))
        await heading(page).waitFor()
        await assertAccessible(page, `${state}, ${mode}`)
        const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        assert.equal(width, 0, 'the page scrolls sideways')
        await screenshot(page, `${state}-${mode}`)
      })
    }
    await page.context().close()
  })
}

// What was loaded is shown, with the sign; and what was not is said to be missing.
test('offline', async (context) => {
  const own = await startServer()
  const pages = []
  for (const [mode, options] of Object.entries(MODES)) {
    const { page } = await openPage(browser, options)
    await page.goto(`${own.address}${K8S}/object/PodSpec`)
    await heading(page).getByText('PodSpec').waitFor()
    pages.push([mode, page])
  }
  await own.stop()
  for (const [mode, page] of pages) {
    await context.test(`offline, ${mode}`, async () => {
      await page.getByText('Offline').waitFor()
      await assertAccessible(page, `offline, ${mode}`)
      await screenshot(page, `offline-${mode}`)
      await page.context().close()
    })
  }
})
