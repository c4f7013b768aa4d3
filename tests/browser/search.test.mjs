// search.test.mjs - from the start page to the description and the example, and back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { activeRow, field, heading, markedLine, rows, screenshot, search, shownAddress, walkTo } from './browser.mjs'
import { browser, complaints, go, page, server } from './fresh-page.mjs'

const DEPLOYMENT = '/kubernetes.io/object/io.k8s.api.apps.v1.Deployment'
const POD_SPEC = '/kubernetes.io/object/io.k8s.api.core.v1.PodSpec'

const isOpen = () => field(page).getAttribute('aria-expanded').then((value) => value === 'true')

test('start page: type, walk with the arrow keys, open, read description and example', async () => {
  await go('/')
  assert.equal(await field(page).evaluate((input) => input === document.activeElement), true)
  await screenshot(page, 'start')
  await search(page, 'deployment')
  assert.ok((await rows(page).count()) > 5)
  assert.equal(await field(page).getAttribute('aria-activedescendant'), 'hit-0')
  await screenshot(page, 'start-list')
  const steps = await walkTo(page, /^Deployment\b[^]*Kubernetes/)
  assert.equal(await field(page).getAttribute('aria-activedescendant'), `hit-${steps}`)
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${DEPLOYMENT}?q=deployment`)
  await heading(page).getByText('Deployment').waitFor()
  assert.match(await page.locator('main').innerText(), /Deployment enables declarative updates for Pods and ReplicaSets/)
  assert.match(await page.getByRole('tabpanel').innerText(), /Deployment/)
  assert.equal(await page.title(), 'Deployment · Kubernetes – ApiBlaze')
  assert.equal(await field(page).inputValue(), 'deployment')
  assert.equal(await isOpen(), false)
  await screenshot(page, 'object')
})

test('a typing error is found all the same, and corrected by a click', async () => {
  await go('/kubernetes.io')
  await heading(page).waitFor()
  await search(page, 'deploymnt')
  assert.match(await activeRow(page).innerText(), /^Deployment\b/)
  await page.getByRole('button', { name: 'Deployment', exact: true }).click()
  await page.getByRole('button', { name: 'Deployment', exact: true }).waitFor({ state: 'detached' })
  assert.equal(await field(page).inputValue(), 'Deployment')
  assert.match(await activeRow(page).innerText(), /^Deployment\b/)
})

test('API page: filter properties, type imagePullSecrets, select, read description and the marked line', async () => {
  await go(DEPLOYMENT)
  await heading(page).waitFor()
  await page.getByRole('radio', { name: /^Properties/ }).check()
  await search(page, 'imagePullSecrets')
  assert.match(await activeRow(page).innerText(), /^imagePullSecrets[^]*PodSpec/)
  await screenshot(page, 'property-list')
  await field(page).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${POD_SPEC}?q=imagePullSecrets&in=property#imagePullSecrets`)
  await heading(page).getByText('imagePullSecrets').waitFor()
  const text = await page.locator('main').innerText()
  assert.match(text, /optional list of references to secrets in the same namespace/)
  await page.locator('.place').getByText('ServiceAccount').first().waitFor() // the other object that has it
  assert.match(await markedLine(page).first().innerText(), /imagePullSecrets/)
  await screenshot(page, 'property')
})

test('a deep link shows the same after a reload, search and filter too', async () => {
  await go(`${POD_SPEC}?q=pull&in=property#imagePullSecrets`)
  await heading(page).getByText('imagePullSecrets').waitFor()
  await page.reload()
  await heading(page).getByText('imagePullSecrets').waitFor()
  assert.equal(await field(page).inputValue(), 'pull')
  assert.equal(await page.getByRole('radio', { name: /^Properties/ }).isChecked(), true)
})

test('short names and old addresses lead to the full one, from the server and inside the page', async () => {
  for (const address of ['/kubernetes.io/object/PodSpec', `/api${POD_SPEC}`]) {
    await go(`${address}?q=pod#containers`)
    assert.equal(shownAddress(page), `${POD_SPEC}?q=pod#containers`)
    await heading(page).getByText('containers').waitFor()
  }
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = '/api/kubernetes.io/object/Deployment'
    document.querySelector('main').append(link)
    link.click()
  })
  await heading(page).getByText('Deployment').waitFor()
  await page.waitForURL(`**${DEPLOYMENT}?q=pod`)
})

test('back and forward bring selection, filter and query back', async () => {
  await go(DEPLOYMENT)
  await heading(page).getByText('Deployment').waitFor()
  await page.getByRole('radio', { name: /^Objects/ }).check()
  await search(page, 'podspec')
  await field(page).press('Enter')
  await heading(page).getByText('PodSpec').waitFor()
  const second = shownAddress(page)
  await page.goBack()
  await heading(page).getByText('Deployment').waitFor()
  assert.equal(shownAddress(page), `${DEPLOYMENT}?q=podspec&in=object`)
  await page.goForward()
  await heading(page).getByText('PodSpec').waitFor()
  assert.equal(shownAddress(page), second)
  assert.equal(await field(page).inputValue(), 'podspec')
  assert.equal(await page.getByRole('radio', { name: /^Objects/ }).isChecked(), true)
})

test('the radio buttons filter the rows, and tell how many there are', async () => {
  await go('/kubernetes.io')
  await search(page, 'deployment')
  const kinds = () => page.locator('[role=option] .badge').allInnerTexts().then((texts) => new Set(texts))
  for (const [name, allowed] of [['Objects', /^object$/], ['Properties', /^(property|param)$/], ['Endpoints', /^[A-Z]+$/]]) {
    await page.getByText(name, { exact: true }).first().click()
    await page.waitForFunction((filter) => document.querySelector(`.filter:has(:checked)`).innerText.startsWith(filter) &&
      document.querySelectorAll('.group').length === 1 && !document.querySelector('.popup .progress'), name)
    for (const kind of await kinds()) assert.match(kind, allowed)
    assert.match(await page.locator('.filter:has(:checked)').innerText(), /\d/)
  }
  assert.equal(await field(page).evaluate((input) => input === document.activeElement), true)
  await page.keyboard.press('Alt+Digit5')
  await page.waitForFunction(() => document.querySelector('.group__title').innerText.startsWith('In descriptions'))
  assert.match(await rows(page).first().innerText(), /deployment/i)
  await page.keyboard.press('Alt+Digit1')
  await page.waitForFunction(() => document.querySelectorAll('.group').length > 1)
})

test('Escape closes the popup, the second one clears the field', async () => {
  await go('/kubernetes.io')
  await search(page, 'pod')
  await page.keyboard.press('Escape')
  assert.equal(await isOpen(), false)
  assert.equal(await field(page).inputValue(), 'pod')
  await page.keyboard.press('Escape')
  assert.equal(await field(page).inputValue(), '')
})

test('Backspace in the empty field leaves the API', async () => {
  await go('/kubernetes.io')
  await page.locator('.chip').waitFor()
  await field(page).press('Backspace')
  await page.waitForURL(`${server.address}/`)
  await page.getByText('Recently used').waitFor()
  await page.getByRole('link', { name: /^Kubernetes/ }).click()
  await page.waitForURL('**/kubernetes.io')
})

test('back brings the place back where it was left', async () => {
  await go(POD_SPEC)
  await page.getByRole('button', { name: 'Properties of affinity' }).click()
  const link = page.getByRole('link', { name: 'NodeAffinity', exact: true })
  await link.scrollIntoViewIfNeeded()
  await page.evaluate(() => window.scrollBy(0, 120))
  const left = await page.evaluate(() => window.scrollY)
  assert.ok(left > 0)
  await link.click()
  await heading(page).getByText('NodeAffinity').waitFor()
  await page.waitForFunction(() => window.scrollY === 0)
  await page.goBack()
  await heading(page).getByText('PodSpec').waitFor()
  await page.waitForFunction((y) => Math.abs(window.scrollY - y) < 2, left)
  assert.equal(await page.getByRole('list', { name: 'Properties of affinity' }).count(), 1, 'what was open is open')
})

test('an answer that comes after its page was left changes nothing', async () => {
  await go('/kubernetes.io')
  await page.locator('.chip').waitFor()
  await field(page).focus()
  await page.evaluate(() => {
    const input = document.querySelector('#search')
    input.value = 'pod'
    input.dispatchEvent(new Event('input', { bubbles: true }))
    document.querySelector('.brand').click()
  })
  await page.getByText('Recently used').waitFor()
  await page.waitForTimeout(500) // longer than an answer takes, and than the address waits to be written
  assert.equal(shownAddress(page), '/')
})

test('a click opens a row; / and Ctrl+K go to the field', async () => {
  await go('/')
  await search(page, 'kubernetes')
  await rows(page).filter({ hasText: 'kubernetes.io' }).first().click()
  await page.waitForURL('**/kubernetes.io')
  await heading(page).getByText('Kubernetes').waitFor()
  for (const key of ['/', 'Control+k']) {
    await heading(page).focus()
    await page.keyboard.press(key)
    assert.equal(await field(page).evaluate((input) => input === document.activeElement), true)
    assert.equal(await field(page).inputValue(), '')
  }
})

test('an endpoint: parameters, body, responses with their models, curl', async () => {
  await go('/kubernetes.io/endpoint/post/apis/apps/v1/namespaces/%7Bnamespace%7D/deployments')
  await heading(page).getByText('POST').waitFor()
  const text = await page.locator('main').innerText()
  for (const part of ['Parameters', 'In the path', 'namespace', 'Request body', 'Responses', '200', 'createAppsV1NamespacedDeployment']) assert.ok(text.includes(part), part)
  assert.match(await page.getByRole('tabpanel').innerText(), /curl/)
  await screenshot(page, 'endpoint')
})

test('a model is opened step by step, and its types lead on', async () => {
  await go(DEPLOYMENT)
  for (const name of ['spec', 'template']) {
    await page.getByRole('button', { name: `Properties of ${name}`, exact: true }).click()
    await page.getByRole('list', { name: `Properties of ${name}`, exact: true }).first().waitFor()
  }
  await page.getByRole('link', { name: 'PodTemplateSpec' }).click()
  await heading(page).getByText('PodTemplateSpec').waitFor()
  assert.equal(await heading(page).evaluate((title) => title === document.activeElement), true)
})

test('no hit offers the way out; an unknown element the nearest; an unknown page says so', async () => {
  await go('/kubernetes.io?in=endpoint')
  await field(page).fill('imagePullSecrets')
  await page.getByRole('button', { name: /in Properties/ }).click()
  await rows(page).first().waitFor()
  await screenshot(page, 'filter-left')
  let response = await go('/kubernetes.io/object/PodSpek')
  assert.equal(response.status(), 404)
  await page.getByText('PodSpek is not here').waitFor()
  assert.equal(await heading(page).innerText(), 'PodSpec')
  await page.getByRole('link', { name: /PodTemplateSpec/ }).first().click()
  await heading(page).getByText('PodTemplateSpec').waitFor()
  assert.equal(await page.getByText('is not here').count(), 0)
  response = await go('/nothing/here')
  assert.equal(response.status(), 404)
  await page.getByText('There is no such element').waitFor()
  assert.ok(complaints.every((complaint) => complaint.includes('404')))
  complaints.length = 0 // the 404 that was asked for
})

test('200 keys, one every 20 ms: the last answer is the one that is shown', async () => {
  await go('/')
  const words = ['deployment', 'customer', 'imagePull', 'repository']
  let text = ''
  for (let key = 0; key < 200; key++) {
    const word = words[Math.floor(key / 20) % words.length]
    text = key % 20 < word.length ? word.slice(0, (key % 20) + 1) : text
    await field(page).evaluate((input, value) => {
      input.value = value
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }, text)
    await page.waitForTimeout(20)
  }
  await search(page, 'podspec')
  await page.waitForTimeout(500) // for answers that come late
  assert.match(await rows(page).filter({ hasText: /podspec/i }).first().innerText(), /podspec/i)
  assert.equal(await rows(page).filter({ hasText: /repository/i }).count(), 0)
})

test('the theme: system, light, dark, and kept', async () => {
  await go('/')
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await ground()
  await page.getByRole('button', { name: /^Theme: as the system/ }).click()
  await page.getByRole('button', { name: /^Theme: light/ }).click()
  await page.getByRole('button', { name: /^Theme: dark/ }).waitFor()
  assert.notEqual(await ground(), light)
  await page.reload()
  await page.getByRole('button', { name: /^Theme: dark/ }).click()
  assert.equal(await ground(), light)
})

test('copy: the example and the link', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await go(DEPLOYMENT)
  await page.getByRole('button', { name: /^Copy this example/ }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  assert.equal((await copied()).trim(), (await page.getByRole('tabpanel').innerText()).trim())
  await page.getByRole('button', { name: /^Copy the link to this object/ }).click()
  await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.startsWith('http')))
  assert.equal(await copied(), server.address + DEPLOYMENT)
})

test('each kind has its best rows, and a row that leads to all', async () => {
  await go('/kubernetes.io')
  await search(page, 'pod')
  const groups = await page.locator('.group').evaluateAll((all) => all.map((group) => group.querySelectorAll('[role=option]').length))
  assert.deepEqual(groups, [6, 6, 6])
  await rows(page).filter({ hasText: /^All .* endpoints$/ }).click()
  assert.equal(await page.getByRole('radio', { name: /^Endpoints/ }).isChecked(), true)
  await rows(page).nth(10).waitFor()
})

test('an object: names inside of what is closed, who uses it, the map, its place in the specification', async () => {
  await go(`${POD_SPEC}`)
  assert.match(await page.locator('.fields__item').filter({ hasText: /^containers/ }).innerText(), /{ args, command, env, \+20 }/)
  const ways = page.getByRole('region').or(page.locator('.part')).filter({ has: page.getByRole('heading', { name: /^Endpoints that lead to it/ }) }).last()
  const before = await ways.locator('.place').count()
  await ways.getByRole('button', { name: /^Show \d+ more/ }).click()
  await ways.locator('.place').nth(before + 10).waitFor()
  assert.equal(await ways.getByRole('button').count(), 0) // all are there
  await page.getByText('In the specification').click()
  await page.locator('.source pre').filter({ hasText: '"containers"' }).waitFor()
  await page.getByRole('group', { name: /^What uses PodSpec/ }).getByRole('link', { name: 'PodTemplateSpec' }).press('Enter')
  await heading(page).getByText('PodTemplateSpec').waitFor()
})

test('back restores where it was scrolled to, and what was open', async () => {
  await go(POD_SPEC)
  await page.getByRole('button', { name: 'Properties of affinity' }).click()
  await page.getByRole('button', { name: 'Properties of nodeAffinity' }).waitFor()
  await page.evaluate(() => window.scrollTo(0, 700))
  await page.waitForTimeout(400) // longer than the pause before the address is written
  await page.getByRole('link', { name: 'imagePullSecrets', exact: true }).first().evaluate((link) => link.click())
  await heading(page).getByText('imagePullSecrets').waitFor()
  await page.goBack()
  await heading(page).getByText('PodSpec').waitFor()
  await page.getByRole('button', { name: 'Properties of nodeAffinity' }).waitFor()
  await page.waitForFunction(() => Math.abs(window.scrollY - 700) < 5)
})

test('placeholders and parameters flow into the code; a choice of language stays', async () => {
  await go('/kubernetes.io/endpoint/get/api/v1/namespaces/%7Bnamespace%7D/pods')
  const code = page.getByRole('tabpanel')
  await page.getByLabel('namespace', { exact: true }).fill('kube-system')
  await code.getByText('kube-system').first().waitFor()
  await page.locator('label').filter({ hasText: 'Parameters' }).locator('select').selectOption('query.limit')
  await page.getByLabel('query.limit').fill('7')
  await code.getByText('limit=7').first().waitFor()
  await page.getByRole('tab', { name: 'Go', exact: true }).click()
  await code.getByText('http.NewRequest').first().waitFor()
  await page.waitForURL(/lang=go/)
  await go('/kubernetes.io/endpoint/get/api/v1/nodes')
  await code.getByText('http.NewRequest').first().waitFor()
})

test('where the code is below, a button leads to it', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await go(DEPLOYMENT)
  await page.getByRole('tabpanel').waitFor()
  await page.getByRole('button', { name: 'Code example' }).click()
  await page.waitForFunction(() => {
    const { top, bottom } = document.getElementById('example').getBoundingClientRect()
    return top < window.innerHeight && bottom > 0
  })
})
