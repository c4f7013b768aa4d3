// hostile.test.mjs - specifications that try to run scripts, in every text that the page shows.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { DESKTOP, heading, makeIndex, openPage, search, startBrowser, startServer } from './browser.mjs'

// What has run where somebody forgot to be careful: elements, attributes, addresses, broken markup, namespaces,
// templates, clobbered names, styles, and what Markdown makes of links and pictures.
const PAYLOADS = [
  '<script>window.ran = 1</script>',
  '<img src=x onerror="window.ran = 2">',
  '<svg onload="window.ran = 3"><script>window.ran = 4</script></svg>',
  '<a href="javascript:window.ran = 5" onmouseover="window.ran = 6">link</a>',
  '[link](javascript:window.ran%20=%207) [data](data:text/html,<script>window.ran=8</script>)',
  '![picture](x" onerror="window.ran = 9)',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.ran=10&gt;">',
  '<form id="app"><input name="attributes"><input name="parentNode"></form><iframe srcdoc="<script>parent.ran = 11</script>"></iframe>',
  '<details open ontoggle="window.ran = 12"><summary>x</summary></details><video><source onerror="window.ran = 13"></video>',
  '<style>body { display: none }</style><p style="position: fixed; inset: 0; background: red">over all</p>',
  '<base href="https://example.com/"><meta http-equiv="refresh" content="0; url=https://example.com/"><link rel="stylesheet" href="//example.com/x.css">',
  '"><script>window.ran = 14</script><x y="\' onfocus=window.ran=15 autofocus tabindex=1 ',
  '{{constructor.constructor("window.ran = 16")()}} ${window.ran = 17}',
  '<noscript><p title="</noscript><img src=x onerror=window.ran=18>">',
  '<template><img src=x onerror="window.ran = 19"></template><object data="javascript:window.ran=20"></object><embed src="javascript:window.ran=21">',
]
const ALL = PAYLOADS.join('\n\n')
const bad = (place) => PAYLOADS[place % PAYLOADS.length].replaceAll('/', '∕') // names become parts of ids

/** A specification with payloads in every text there is. */
function hostile() {
  const property = (place) => ({
    type: 'string', title: bad(place), description: PAYLOADS[place], format: bad(place + 1), pattern: bad(place + 2), default: bad(place + 3),
    enum: [bad(place + 4), bad(place + 5)], example: bad(place + 6), externalDocs: { url: 'javascript:window.ran=30', description: ALL },
  })
  const properties = Object.fromEntries(PAYLOADS.map((_, place) => [place ? bad(place) : 'field', property(place)]))
  const Victim = {
    type: 'object', title: bad(1), description: ALL, required: ['field', bad(2)], properties, discriminator: { propertyName: bad(3) },
    oneOf: [{ title: bad(4), description: ALL, type: 'object', properties }, { $ref: '#/components/schemas/Other' }], example: { field: ALL, [bad(5)]: bad(6) },
  }
  const body = { description: ALL, content: { 'application/json': { schema: { $ref: '#/components/schemas/Victim' }, examples: { [bad(1)]: { summary: bad(2), description: ALL, value: { field: ALL } } } } } }
  return {
    openapi: '3.0.3',
    info: {
      title: bad(0), version: bad(1), description: ALL, termsOfService: 'javascript:window.ran=31',
      contact: { name: bad(2), url: 'javascript:window.ran=32', email: bad(3) }, license: { name: bad(4), url: 'javascript:window.ran=33' },
    },
    servers: [{ url: 'https://{host}.example.com/"><script>window.ran=34</script>', description: ALL, variables: { host: { default: bad(5), enum: [bad(5), bad(6)], description: ALL } } }],
    tags: [{ name: bad(7), description: ALL, externalDocs: { url: 'javascript:window.ran=35' } }],
    paths: {
      '/victims/{id}': {
        post: {
          operationId: bad(8), summary: bad(9), description: ALL, tags: [bad(7)], security: [{ [bad(10)]: [bad(11)] }],
          parameters: [
            { name: 'id', in: 'path', required: true, description: ALL, schema: property(1) },
            { name: bad(12), in: 'query', description: ALL, schema: property(2) },
            { name: 'X-Bad', in: 'header', description: ALL, schema: property(3) },
          ],
          requestBody: body,
          responses: { 200: { ...body, headers: { 'X-Head': { description: ALL, schema: property(4) } }, links: { [bad(13)]: { operationId: bad(8), description: ALL } } }, default: { description: ALL } },
          callbacks: { [bad(14)]: { '{$request.body#/url}': { post: { summary: bad(1), description: ALL, responses: { 200: { description: ALL } } } } } },
        },
      },
    },
    components: {
      schemas: { Victim, Other: { type: 'object', description: `<details><summary>More</summary>kept</details>\n\n${ALL}`, properties: { victim: { $ref: '#/components/schemas/Victim' } } }, [bad(1).replace(/[^\w]/g, '')]: Victim },
      securitySchemes: { [bad(10)]: { type: 'oauth2', description: ALL, flows: { implicit: { authorizationUrl: 'javascript:window.ran=36', scopes: { [bad(11)]: ALL } } } } },
    },
  }
}

// The browser tells what it refuses already where the sanitizer reads the markup, in a document where nothing runs.
const EXPECTED = /^console: (?:.*404|Executing inline event handler|Applying inline style|Setting the document's base URI)/

let folder, server, browser, page, complaints, api

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apiblaze-hostile-'))
  server = await startServer(0, makeIndex(folder, { hostile: hostile() }))
  browser = await startBrowser();
  ({ page, complaints } = await openPage(browser, DESKTOP))
  api = 'hostile'
})
after(async () => {
  await browser?.close()
  await server?.stop()
  rmSync(folder, { recursive: true })
})

/** Touches what is shown, as a reader's mouse would, and sees that nothing ran and nothing foreign is in the page. */
async function assertHarmless(name) {
  await page.evaluate(() => {
    for (const target of document.querySelectorAll('main *, .popup *')) {
      for (const type of ['mouseover', 'mouseenter', 'focus']) target.dispatchEvent(new MouseEvent(type, { bubbles: true }))
    }
  })
  await page.waitForTimeout(50)
  const found = await page.evaluate(() => ({
    ran: window.ran,
    elements: [...document.querySelectorAll('script:not([src]), #app :is(script, iframe, object, embed, img, video, style, link, base, meta, form, template, math, noscript), #app [style]')].map(({ outerHTML }) => outerHTML),
    handlers: [...document.querySelectorAll('#app *')].flatMap(({ attributes }) => [...attributes].filter(({ name }) => /^on/i.test(name)).map(({ value }) => value)),
    links: [...document.querySelectorAll('#app a[href]')].map(({ protocol, target, rel, origin }) => ({ protocol, target, rel, isOwn: origin === location.origin }))
      .filter(({ protocol, target, rel, isOwn }) => !/^(https?|mailto):$/.test(protocol) || (!isOwn && (target !== '_blank' || !/noopener/.test(rel)))),
  }))
  assert.deepEqual(found, { ran: undefined, elements: [], handlers: [], links: [] }, name)
  assert.deepEqual(complaints.filter((complaint) => !EXPECTED.test(complaint)), [], name)
}

const STATES = {
  'the search in all APIs': async () => {
    await page.goto(server.address)
    await search(page, 'script')
  },
  'the search in the API': async () => {
    await page.goto(`${server.address}/${api}`)
    await search(page, 'window')
  },
  'the API': () => page.goto(`${server.address}/${api}`),
  'the object': () => page.goto(`${server.address}/${api}/object/Victim`),
  'the property': () => page.goto(`${server.address}/${api}/object/Victim#field`),
  'the endpoint': () => page.goto(`${server.address}/${api}/endpoint/post/victims/%7Bid%7D`),
  'the parameter': () => page.goto(`${server.address}/${api}/parameter/header/X-Bad`),
  'what is not there': () => page.goto(`${server.address}/${api}/object/${encodeURIComponent(PAYLOADS[1])}`),
  'a query in the address': () => page.goto(`${server.address}/?q=${encodeURIComponent(PAYLOADS[0])}&lang=${encodeURIComponent(PAYLOADS[1])}`),
}

for (const [name, show] of Object.entries(STATES)) {
  test(`${name} shows payloads as texts, and runs none`, async () => {
    complaints.length = 0
    await show()
    await heading(page).waitFor()
    await page.waitForFunction(() => !document.querySelector('.progress'))
    for (let round = 0; round < 2; round++) {
      await page.locator('main button[aria-expanded=false], main summary').evaluateAll((buttons) => buttons.forEach((button) => button.click()))
      await page.waitForTimeout(300)
    }
    await assertHarmless(name)
  })
}

test('the server escapes them in the head', async () => {
  for (const path of ['', '/object/Victim', '/endpoint/post/victims/%7Bid%7D']) {
    const html = await (await fetch(`${server.address}/${api}${path}`)).text()
    assert.equal((html.match(/<script/g) ?? []).length, 2, path)
    assert.doesNotMatch(html.slice(0, html.indexOf('<body>')), /onerror="|<img|<svg/, path)
  }
})

test('markup is shown where it is harmless', async () => {
  await page.goto(`${server.address}/${api}/object/Other`)
  await page.locator('.rich summary').first().click()
  await page.getByText('kept').first().waitFor()
})
