// The official Admin UI in a real browser, on a server of sio: logs in, sees a client and its rooms, moves and ends it.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'

import { ask, next, startServer } from '../integration/sio/server.mjs'
import { openPage, screenshot, startBrowser } from './browser.mjs'

const require = createRequire(import.meta.url)
const { io } = require('socket.io-client')
const ui = join(dirname(require.resolve('@socket.io/admin-ui/package.json')), 'ui/dist')

let server, browser, page, early, client

const connect = () => io(server.url, { transports: ['websocket'], reconnection: false })

before(async () => {
  server = await startServer('--port', '0', '--ping-interval', '25000', '--admin', 'development', '--files', ui)
  early = connect() // the page begins with a namespace that has somebody
  await next(early, 'auth')
  browser = await startBrowser()
  const opened = await openPage(browser)
  page = opened.page
  // Its fonts come from elsewhere; the test talks to nobody but the server.
  await page.route((url) => url.hostname !== '127.0.0.1', (route) => route.abort())
})
after(async () => {
  early?.close()
  client?.close()
  await browser?.close()
  assert.equal(await server?.stop(), 0)
})

/** Waits for what the page says of itself; it has the words twice, for wide and for narrow screens. */
const isConnected = () => page.locator('header').getByText('connected', { exact: true }).locator('visible=true').waitFor()

async function submit(password) {
  await page.getByLabel('Server URL').fill(server.url)
  await page.getByLabel('Username').fill('admin')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Connect' }).click()
}

async function openDetails() {
  await page.getByRole('navigation').getByRole('link', { name: 'Sockets' }).click()
  await page.locator('tbody tr', { hasText: client.id }).click()
  await page.getByText('Socket details').waitFor()
  await page.locator('tbody tr', { hasText: 'tea room' }).waitFor()
}

test('who has the wrong password stays outside', async () => {
  await page.goto(`${server.url}/`)
  await submit('wrong')
  await page.getByText('Invalid credentials').waitFor()
})

test('who has the right one sees that it is connected, and how the server is', async () => {
  await submit('secret')
  await isConnected()
  await page.getByRole('link', { name: 'Servers' }).click()
  await page.getByRole('table').getByText('Healthy', { exact: true }).last().waitFor()
})

test('a client that comes is there at once, with its rooms', async () => {
  client = connect()
  await next(client, 'auth')
  await ask(client, 'join', 'tea room')
  await page.getByRole('link', { name: 'Rooms' }).click()
  await page.locator('tbody tr', { hasText: 'tea room' }).waitFor()
  await openDetails()
})

test('the page comes back without the password', async () => {
  await page.reload()
  await isConnected()
  await openDetails()
  await screenshot(page, 'admin')
})

test('an admin moves it to a room, and ends it', async () => {
  await page.getByLabel('Join a room').fill('coffee room')
  await page.locator('form').filter({ hasText: 'Join a room' }).getByRole('button').click()
  await page.locator('tbody tr', { hasText: 'coffee room' }).waitFor()
  const [heard] = await Promise.all([next(client, 'room'), client.emit('toroom', 'coffee room', 'hello')])
  assert.deepEqual(heard, ['hello'])
  const ended = next(client, 'disconnect')
  await page.locator('button:has(.mdi-logout)').last().click()
  assert.deepEqual(await ended, ['io server disconnect', undefined])
  await server.saw('disconnect / server namespace disconnect')
  await page.getByText('disconnected').first().waitFor()
})

test('what happened is told', async () => {
  await page.getByRole('link', { name: 'Events' }).click()
  await page.locator('tbody tr', { hasText: 'toroom' }).first().waitFor()
  await page.locator('tbody tr', { hasText: 'server namespace disconnect' }).first().waitFor()
})
