// Debian's python3-socketio against the server: both of its clients, each over polling, WebSocket, and with the upgrade
// between. What is checked stands in python_client.py.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { startServer, transports } from './server.mjs'

// Another python3 that stands first in the path does not have Debian's packages.
const python = '/usr/bin/python3'
const script = fileURLToPath(new URL('python_client.py', import.meta.url))

describe('python3-socketio', { concurrency: 2, timeout: 60000 }, () => {
  let server
  before(async () => { server = await startServer('--port', '0', '--ping-interval', '250', '--ping-timeout', '5000') })
  after(async () => { assert.equal(await server.stop(), 0) })

  for (const kind of ['threads', 'asyncio']) {
    for (const transport of Object.keys(transports)) {
      test(`${kind}, ${transport}`, async () => {
        const { stdout } = await promisify(execFile)(python, [script, server.url, kind, transport])
        assert.match(stdout, /check_ends\n$/)
        for (let time = 0; time < 2; time++) await server.saw('disconnect /dyn-1 server namespace disconnect')
        // It says that it leaves, and hangs up without waiting until that is sent.
        await server.saw(/^disconnect \/dyn-2 (client namespace disconnect|transport (close|error))$/)
      })
    }
  }
})
