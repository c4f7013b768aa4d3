// keys.test.mjs - everything by keyboard, what is set, and several tabs that agree.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DESKTOP, activeRow, field, heading, openPage, rows, search, shownAddress, walkTo } from './browser.mjs'
import { browser, go, page, server } from './fresh-page.mjs'

const POD_SPEC = '/kubernetes.io/object/io.k8s.api.core.v1.PodSpec'

const press = (...keys) => keys.reduce((before_, key) => before_.then(() => page.keyboard.press(key)), Promise.resolve())
const activePlace = async () => Number((await field(page).getAttribute('aria-activedescendant')).split('-')[1])
const leaveField = async () => {
  await heading(page).focus()
}

test('in the list: arrows wrap, pages do not, Home and End are the text’s', async () => {
  await go('/kubernetes.io')
  await search(page, 'pod')
  const last = (await rows(page).count()) - 1
  await press('ArrowUp')
  assert.equal(await activePlace(), last)
  await press('ArrowDown', 'PageDown')
  assert.equal(await activePlace(), 8)
  await press('PageUp', 'PageUp')
  assert.equal(await activePlace(), 0)
  await press('ArrowDown', 'Home')
  assert.deepEqual([await activePlace(), await field(page).evaluate(({ selectionStart }) => selectionStart)], [1, 0])
  await press('End')
  assert.deepEqual([await activePlace(), await field(page).evaluate(({ selectionStart }) => selectionStart)], [1, 3])
})

test('Ctrl+Enter opens a new tab and stays; Tab leaves the field and closes', async () => {
  await go('/kubernetes.io')
  await search(page, 'podspec')
  const opened = page.context().waitForEvent('page')
  await press('Control+Enter')
  const other = await opened
  await other.waitForURL(`**${POD_SPEC}?q=podspec`)
  assert.equal(await field(page).getAttribute('aria-expanded'), 'true')
  await press('Tab')
  assert.equal(await page.locator('.popup').count(), 0)
  assert.notEqual(await page.evaluate(() => document.activeElement.id), 'search')
})

test('Enter opens the first row before it is there', async () => {
  await go('/kubernetes.io')
  await page.locator('.chip').waitFor()
  await field(page).focus()
  await page.keyboard.insertText('PodSpec')
  await press('Enter')
  await page.waitForURL(`**${POD_SPEC}?q=PodSpec`)
})

test('Alt and a digit choose what is searched for, from anywhere', async () => {
  await go('/')
  await search(page, 'deployment')
  for (const [digit, filter] of [[2, 'object'], [3, 'property'], [4, 'endpoint'], [5, 'description'], [1, 'everything']]) {
    await press(`Alt+Digit${digit}`)
    assert.equal(await page.locator('.filter input:checked').getAttribute('value'), filter)
  }
  await page.getByRole('radio', { name: /^Objects/ }).focus()
  await press('Alt+Digit4')
  assert.equal(await page.locator('.filter input:checked').getAttribute('value'), 'endpoint')
})

test('the versions of an object are one row, turned by Alt and an arrow, or the mouse', async () => {
  await go('/kubernetes.io')
  await search(page, 'HorizontalPodAutoscaler')
  await walkTo(page, /^HorizontalPodAutoscaler\b[^]*v2/)
  const chosen = () => activeRow(page).locator('.row__versions b').innerText()
  const first = await chosen()
  await press('Alt+ArrowDown')
  const second = await chosen()
  assert.notEqual(second, first)
  await activeRow(page).locator('.row__versions').click()
  assert.notEqual(await chosen(), second)
  while ((await chosen()) !== second) await press('Alt+ArrowUp')
  await press('Enter')
  await page.waitForURL(`**.${second}.HorizontalPodAutoscaler?q=*`)
})

test('signs narrow, values are found and shown, k8s: goes into the API', async () => {
  await go('/')
  const first = async (text) => {
    await search(page, text)
    return activeRow(page).innerText()
  }
  assert.match(await first('{podspec'), /PodSpec[^]*object/)
  assert.match(await first('k8s:=IfNotPresent'), /imagePullPolicy[^]*= IfNotPresent/)
  assert.match(await first('k8s:.imagePullSecrets'), /imagePullSecrets[^]*property/)
  assert.match(await first('?limit'), /limit[^]*param/)
  assert.match(await first('k8s:spec.template.spec'), /spec/)
})

test('an empty field tells what to begin with', async () => {
  await go('/kubernetes.io')
  await heading(page).getByText('Kubernetes').waitFor() // from now on it is the one used last
  await field(page).press('ArrowDown')
  await page.getByText('The object that most others lead to').waitFor()
  assert.equal(await rows(page).count(), 4) // three queries, and the API itself
  await page.locator('.sigil').nth(1).click()
  assert.equal(await field(page).inputValue(), '.')
  await rows(page).filter({ hasText: 'property' }).first().waitFor()
  await press('Escape', 'Escape', 'ArrowDown', 'Enter')
  assert.notEqual(await field(page).inputValue(), '')
  await rows(page).first().waitFor()
})

test('letters: copy, results before and behind, the sheet; and off', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await go('/kubernetes.io')
  await search(page, 'deployment')
  const [first, second] = await rows(page).locator('.row__name').allInnerTexts()
  await press('Enter')
  await heading(page).getByText(first, { exact: true }).waitFor()
  await leaveField()
  await press(']')
  await heading(page).getByText(second, { exact: true }).waitFor()
  await leaveField()
  await press('[')
  await heading(page).getByText(first, { exact: true }).waitFor()
  await leaveField()
  await press('l')
  await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.endsWith('Deployment')))
  await press('c')
  await page.waitForFunction(() => navigator.clipboard.readText().then((text) => /apiVersion/.test(text)))
  await press('?')
  const sheet = page.getByRole('dialog', { name: 'Keys and settings' })
  await sheet.getByText('to the field, from anywhere').waitFor()
  await sheet.getByRole('checkbox').uncheck()
  await press('Escape')
  await sheet.waitFor({ state: 'detached' })
  await leaveField()
  await press('/', '?')
  assert.equal(await page.getByRole('dialog').count(), 0)
  assert.notEqual(await page.evaluate(() => document.activeElement.id), 'search')
  await press('Control+k')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search')
})

test('German: by the browser, or by choice, and kept', async () => {
  const german = await openPage(browser, { ...DESKTOP, locale: 'de-AT' })
  await german.page.goto(`${server.address}/kubernetes.io/object/PodSpec`)
  await german.page.locator('main').getByText('Eigenschaften').first().waitFor()
  assert.equal(await german.page.getAttribute('html', 'lang'), 'de')
  await german.page.context().close()
  await go('/')
  await page.getByRole('button', { name: 'Keys and settings' }).click()
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de')
  await page.getByRole('dialog', { name: 'Tasten und Einstellungen' }).waitFor()
  await page.reload()
  await page.getByPlaceholder('Alle APIs durchsuchen').waitFor()
  await search(page, 'deployment')
  assert.match(await page.locator('.popup__foot').innerText(), /Objekte · .* Eigenschaften/)
  assert.match(await page.locator('.filter:has(:checked)').innerText(), /1\.\d{3}/)
})

test('tabs agree on what was used last, on favourites and on the theme', async () => {
  await go('/')
  const other = await page.context().newPage()
  await other.goto(`${server.address}${POD_SPEC}`)
  await other.getByRole('button', { name: 'Favourite' }).click()
  await page.getByRole('link', { name: 'object PodSpec' }).waitFor()
  await page.getByRole('region', { name: 'Recently used' }).getByRole('link', { name: /^Kubernetes/ }).waitFor()
  await other.getByRole('button', { name: /^Theme: as the system/ }).click()
  await page.getByRole('button', { name: /^Theme: light/ }).waitFor()
  assert.equal(await page.getAttribute('html', 'data-theme'), 'light')
  await other.getByRole('button', { name: 'Favourite' }).click()
  await page.getByRole('link', { name: 'object PodSpec' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Forget Kubernetes' }).click()
  assert.equal(shownAddress(page), '/')
  await page.getByText('Recently used').waitFor({ state: 'detached' })
})
