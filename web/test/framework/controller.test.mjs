import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Controller, findRoute, isForeignClick } from '../../src/framework/controller.js'

const ORIGIN = 'http://host'

/** A window with a history that can be walked, and timers that run when told. */
function fakeWindow(address) {
  const listeners = {}
  const entries = [new URL(address, ORIGIN).href]
  const states = [null]
  let place = 0
  let due = null
  const window = {
    document: { addEventListener: (type, listener) => (listeners[type] = listener) },
    addEventListener: (type, listener) => (listeners[type] = listener),
    get location() { return new URL(entries[place]) },
    history: {
      pushState: (state, __, to) => {
        entries.splice(++place, Infinity, new URL(to, ORIGIN).href)
        states.splice(place, Infinity, state)
      },
      replaceState: (state, __, to) => {
        entries[place] = new URL(to, ORIGIN).href
        states[place] = state
      },
      get state() { return states[place] },
    },
    scrollY: 0,
    scrollTo: (_, y) => { window.scrollY = y },
    setTimeout: (run) => { due = run; return 1 },
    clearTimeout: () => { due = null },
    pause: () => due?.(),
    scroll: (y) => { window.scrollY = y; listeners.scroll() },
    walk: (step) => { place += step; listeners.popstate() },
    click: (link, more) => listeners.click({ button: 0, target: { closest: () => link }, preventDefault() { this.defaultPrevented = true }, ...more }),
    entries,
  }
  return window
}

function pageClass(log, name) {
  return class {
    constructor(context) { log.push(`${name} new`); this.context = context }
    enter({ pathname, search }, how) { log.push(`${name} enter ${pathname}${search} ${how}`) }
    leave() { log.push(`${name} leave`) }
    set() {}
  }
}

function started(address) {
  const log = []
  const window = fakeWindow(address)
  const controller = new Controller({
    window, context: {},
    routes: [{ path: '/', page: pageClass(log, 'home') }, { path: '/things/*', page: pageClass(log, 'thing') }, { path: '/*', page: pageClass(log, 'other') }],
  })
  controller.start()
  return { controller, window, log }
}

test('routes: exact, and by their beginning', () => {
  const routes = [{ path: '/' }, { path: '/a/*' }]
  assert.equal(findRoute(routes, '/'), routes[0])
  assert.equal(findRoute(routes, '/a/b/c'), routes[1])
  assert.equal(findRoute(routes, '/a'), undefined)
  assert.equal(findRoute(routes, '/b'), undefined)
})

test('the page of the address is built once, entered again, and left for another', () => {
  const { controller, log } = started('/things/1')
  controller.go('/things/2')
  controller.go('/')
  controller.go('/nowhere')
  assert.deepEqual(log, ['thing new', 'thing enter /things/1 start', 'thing enter /things/2 go',
    'thing leave', 'home new', 'home enter / go', 'home leave', 'other new', 'other enter /nowhere go'])
  assert.equal(controller.page.context.controller, controller)
})

test('back and forward', () => {
  const { controller, window, log } = started('/')
  controller.go('/things/1')
  log.length = 0
  window.walk(-1)
  window.walk(1)
  assert.deepEqual(log.filter((line) => line.includes('enter')), ['home enter / history', 'thing enter /things/1 history'])
})

test('links of this site are followed inside, others are left to the browser', () => {
  const { window, log } = started('/')
  const link = (href, target) => ({ getAttribute: () => href, hasAttribute: (name) => name === 'target' && Boolean(target) })
  window.click(link('/things/3?q=x'))
  window.click(link('http://elsewhere/things/4'))
  window.click(link('/things/5'), { ctrlKey: true })
  window.click(link('/things/6', '_blank'))
  window.click(null)
  assert.deepEqual(log.filter((line) => line.startsWith('thing enter')), ['thing enter /things/3?q=x link'])
})

test('clicks with the middle button, or that were taken, are foreign', () => {
  const link = { getAttribute: () => '/x', hasAttribute: () => false }
  assert.equal(isForeignClick({ button: 0 }, link, ORIGIN), false)
  assert.equal(isForeignClick({ button: 1 }, link, ORIGIN), true)
  assert.equal(isForeignClick({ button: 0, defaultPrevented: true }, link, ORIGIN), true)
})

test('an address is rewritten once writing pauses', () => {
  const { controller, window } = started('/')
  controller.rewrite('/?q=a')
  controller.rewrite('/?q=ab')
  assert.deepEqual(window.entries, [`${ORIGIN}/`])
  window.pause()
  assert.deepEqual(window.entries, [`${ORIGIN}/?q=ab`])
})

test('going on writes the address that is due first; going back drops it', () => {
  const { controller, window } = started('/')
  controller.rewrite('/?q=a')
  controller.go('/things/1')
  assert.deepEqual(window.entries, [`${ORIGIN}/?q=a`, `${ORIGIN}/things/1`])
  controller.rewrite('/things/1?q=b')
  window.walk(-1)
  window.pause()
  assert.deepEqual(window.entries, [`${ORIGIN}/?q=a`, `${ORIGIN}/things/1`])
})

test('an entry of the history remembers where it was scrolled to; a new one begins at its top', () => {
  const { controller, window } = started('/things/1')
  window.scroll(300)
  controller.go('/things/2')
  controller.restoreScroll()
  assert.equal(window.scrollY, 0)
  window.scroll(500)
  window.pause()
  window.walk(-1)
  controller.restoreScroll()
  assert.equal(window.scrollY, 300)
  window.walk(1)
  controller.restoreScroll()
  assert.equal(window.scrollY, 500)
})
