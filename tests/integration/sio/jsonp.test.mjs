// Clients 1.7, 2.5 and 3.1 in a browser so old that scripts and forms are all it has: polling by JSONP. The page is a stand-in
// with as much of a document as the clients touch.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { ask, connect, next, startServer } from './server.mjs'

class Element {
  style = {}
  children = []
  constructor(name) { this.tag = name }
  setAttribute() {}
  removeChild(child) { this.children = this.children.filter((other) => other !== child) }
  appendChild(child) {
    child.parentNode = this
    this.children.push(child)
    if (child.tag === 'script') this.#run(child)
  }
  insertBefore(child) { this.appendChild(child) }

  /** Fetches a script and runs it where all scripts run. */
  async #run(script) {
    try {
      const response = await fetch(script.src)
      if (!response.ok) throw new Error(response.status)
      assert.match(response.headers.get('content-type'), /^text\/javascript; charset=UTF-8$/i)
      ;(0, eval)(await response.text())
    } catch (error) {
      script.onerror(error)
    }
  }

  /** Posts a form into its frame, as browsers do: lines end in CR LF. */
  async submit() {
    const [area] = this.children.filter(({ tag }) => tag === 'textarea')
    const body = new URLSearchParams({ [area.name]: area.value.replace(/\r?\n/g, '\r\n') })
    const response = await fetch(this.action, { method: 'POST', body }).catch(() => null)
    if (!response) return // the session was over; a frame whose form could not be sent tells nobody
    assert.equal(await response.text(), 'ok')
    this.children.find(({ tag }) => tag === 'iframe').onload()
  }
}

let server
before(async () => {
  const body = new Element('body')
  globalThis.document = { head: new Element('head'), body, createElement: (name) => new Element(/^<?(\w+)/.exec(name)[1]), getElementsByTagName: () => [] }
  server = await startServer('--port', '0', '--ping-interval', '250', '--ping-timeout', '5000')
})
after(async () => { assert.equal(await server.stop(), 0) })

for (const version of ['1', '2', '3']) {
  describe(`socket.io-client ${version}, JSONP`, { timeout: 30000 }, () => {
    const open = (namespace) => connect(server, version, 'polling', namespace, { forceJSONP: true, jsonp: true })

    test('texts, bytes, order, acknowledgements and namespaces', async () => {
      const socket = await open()
      assert.match(socket.io.engine.transport.uri(), /[?&]j=\d/)
      // What JSON allows and old scripts did not, and what forms change: line ends, backslashes, "+", "&".
      for (const value of ['é€😀', '\u2028\u2029', 'a\nb\r\nc', 'a\\nb\\\\n', '"\'</script>', '+&=%20;', { deep: [null, 1.5, 'ÿ'] }]) {
        socket.emit('bounce', value, 'end')
        assert.deepEqual(await next(socket, 'bounce'), [value, 'end'])
      }
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
      const [echoed] = await ask(socket, 'echo', { bytes })
      assert.ok(Buffer.from(echoed.bytes).equals(bytes))
      const heard = []
      socket.on('bounce', (number) => heard.push(number))
      for (let number = 0; number < 50; number++) socket.emit('bounce', number)
      await ask(socket, 'echo')
      assert.deepEqual(heard, Array.from({ length: 50 }, (_, number) => number))
      socket.once('question', (number, data, answer) => answer(number))
      assert.deepEqual(await ask(socket, 'askme'), ['ok', 42])
      const custom = socket.io.socket('/custom')
      await next(custom, 'auth')
      assert.deepEqual(await ask(custom, 'echo', 'there'), ['there'])
      socket.close()
    })

    test('being thrown out', async () => {
      const socket = await open('/dyn-1')
      socket.emit('kick')
      assert.equal((await next(socket, 'disconnect'))[0], 'io server disconnect')
      socket.close()
    })
  })
}
