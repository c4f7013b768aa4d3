// questions.test.mjs - what people come with, answered by keyboard alone and by mouse, in light, dark and on a phone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKTOP, PHONE, activeRow, field, heading, markedLine, openPage, rows, search, startBrowser, startServer, walkTo } from './browser.mjs'

const MODES = { light: DESKTOP, dark: { ...DESKTOP, colorScheme: 'dark' }, phone: PHONE }

// `api`: entered first, by its name. `row`: the one to choose. `sees`: what answers. `tab`: the language that is wanted.
const QUESTIONS = [
  {
    asks: 'Where does imagePullSecrets go in a Deployment?', typed: 'k8s:imagePullSecrets', row: /^imagePullSecrets/,
    sees: /Deployment\.spec\.template\.spec\.imagePullSecrets/, marked: /imagePullSecrets/,
  },
  { asks: 'Which field holds the tax id of a Stripe customer?', api: 'Stripe API', typed: 'customer tax id', row: /^tax_ids/, sees: /customer’s tax IDs|customer's tax IDs/, marked: /tax_ids/ },
  {
    asks: 'What do I POST to create a GitHub issue, in Go?', api: 'GitHub v3 REST API', typed: 'create an issue', row: /^\/repos\/\{owner\}\/\{repo\}\/issues\n/,
    sees: /Create an issue/, tab: 'Go', code: /\/issues[^]*http\.NewRequest/,
  },
  { asks: 'Who takes an IBAN?', typed: 'iban', row: /^iban/, sees: /IBAN/ },
  { asks: 'What may restartPolicy be?', typed: 'k8s:restartPolicy', row: /^restartPolicy/, sees: /Always, OnFailure/, marked: /restartPolicy/ },
  { asks: 'Which APIs send SMS?', typed: 'send sms', row: /SMS/, sees: /SMS/ },
]

// How a row, and a tab of the code, are chosen.
const HANDS = {
  keyboard: {
    async choose(page, pattern) {
      await walkTo(page, pattern)
      await page.keyboard.press('Enter')
    },
    async chooseTab(page, name) {
      const selected = page.locator('[role=tab][aria-selected=true]')
      await selected.waitFor()
      for (let step = 0; step < 300 && !(await selected.evaluate((tab) => tab === document.activeElement)); step++) await page.keyboard.press('Tab')
      for (let step = 0; step < 30 && (await selected.innerText()) !== name; step++) await page.keyboard.press('ArrowRight')
    },
  },
  mouse: {
    async choose(page, pattern) {
      for (const row of await rows(page).all()) if (pattern.test(await row.innerText())) return row.click()
      throw new Error(`no row fits ${pattern}`)
    },
    chooseTab: (page, name) => page.getByRole('tab', { name, exact: true }).click(),
  },
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

async function enter(page, api, hand) {
  await search(page, api)
  await hand.choose(page, new RegExp(`^${api}\n`))
  await page.locator('.chip').waitFor()
  await page.waitForFunction(() => document.activeElement.id === 'search' && !document.activeElement.value)
}

async function answered(page, { sees, marked, tab, code }, hand) {
  await heading(page).waitFor()
  await page.locator('main').getByText(sees).first().waitFor()
  if (marked) await markedLine(page).filter({ hasText: marked }).first().waitFor()
  if (tab) await hand.chooseTab(page, tab)
  if (code) await page.getByRole('tabpanel').filter({ hasText: code }).waitFor()
}

for (const [mode, options] of Object.entries(MODES)) {
  for (const [way, hand] of Object.entries(HANDS)) {
    test(`${mode}, by ${way}`, async (context) => {
      for (const question of QUESTIONS) {
        await context.test(`${question.asks} (${mode}, ${way})`, async () => {
          const { page, complaints } = await openPage(browser, options)
          await page.goto(server.address)
          if (question.api) await enter(page, question.api, hand)
          await search(page, question.typed)
          await hand.choose(page, question.row)
          await answered(page, question, hand)
          assert.deepEqual(complaints, [])
          await page.context().close()
        })
      }
    })
  }
}

test('the server is killed and started again while a question is typed, and while its answer is read', async () => {
  const { page } = await openPage(browser) // the console tells of the attempts to connect
  const [question] = QUESTIONS
  await page.goto(server.address)
  await field(page).pressSequentially(question.typed.slice(0, 9))
  await rows(page).first().waitFor()
  await server.kill()
  await field(page).pressSequentially(question.typed.slice(9))
  server = await startServer(server.port)
  await activeRow(page).filter({ hasText: 'imagePullSecrets' }).waitFor()
  await page.keyboard.press('Enter')
  await answered(page, question, HANDS.keyboard)
  await server.kill()
  await page.getByText('Offline').waitFor()
  await page.getByRole('tab', { name: 'JSON' }).click()
  server = await startServer(server.port)
  await page.getByText('Offline').waitFor({ state: 'detached' })
  await markedLine(page).filter({ hasText: '"imagePullSecrets"' }).waitFor()
  await page.context().close()
})
