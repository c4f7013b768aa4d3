// take.mjs - the pictures of the README, with the default catalogue: make screenshots
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DESKTOP, heading, markedLine, openPage, search, startBrowser, startServer } from '../../tests/browser/browser.mjs'

const folder = dirname(fileURLToPath(import.meta.url))
const DEPLOYMENT = '/kubernetes.io/object/io.k8s.api.apps.v1.Deployment'
const small = (options, height) => ({ ...options, viewport: { width: Math.min(1280, options.viewport.width), height } })

const PICTURES = {
  object: [small(DESKTOP, 800), async (page, address) => {
    await page.goto(address + DEPLOYMENT)
    await page.getByRole('tabpanel').waitFor()
    await page.getByRole('button', { name: 'Properties of spec' }).click()
    await page.getByRole('button', { name: 'Properties of template' }).waitFor()
  }],
  search: [small(DESKTOP, 720), async (page, address) => {
    await page.goto(address)
    await search(page, 'deployment')
  }],
  property: [{ ...small(DESKTOP, 720), colorScheme: 'dark' }, async (page, address) => {
    await page.goto(`${address}/kubernetes.io/object/io.k8s.api.core.v1.PodSpec#imagePullSecrets`)
    await markedLine(page).first().waitFor()
  }],
}

const server = await startServer()
const browser = await startBrowser()
try {
  for (const [name, [options, show]] of Object.entries(PICTURES)) {
    const { page } = await openPage(browser, options)
    await show(page, server.address)
    if (name !== 'search') await heading(page).waitFor()
    await page.waitForTimeout(300) // what comes a moment later stands below
    await page.screenshot({ path: join(folder, `${name}.png`) })
    await page.context().close()
  }
} finally {
  await browser.close()
  await server.stop()
}
