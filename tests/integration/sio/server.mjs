// server.mjs - starts and stops tests/conformance/client_checks.c, and the official clients that talk to it.

import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
const build = resolve(root, process.env.APIBLAZE_BUILD ?? 'build/release')

/** The official clients by their major version. */
export const clients = {
  1: require('socket.io-client-1'),
  2: require('socket.io-client-2'),
  3: require('socket.io-client-3'),
  4: require('socket.io-client'),
}

/** Clients 1.x and 2.x speak Engine.IO 3 and Socket.IO's protocol 4. */
export const isOld = (version) => version < 3

/** The parsers that client 4.8 may have: its options, and the server's. */
export const parsers = {
  text: { options: {}, flags: [] },
  MessagePack: { options: { parser: require('socket.io-msgpack-parser') }, flags: ['--msgpack'] },
}

export const transports = {
  polling: ['polling'],
  websocket: ['websocket'],
  upgrade: ['polling', 'websocket'],
}

/** Flags that every server gets beside those of its test: workers.test.mjs runs tests of others with them. */
const moreFlags = () => (process.env.SIO_FLAGS ?? '').split(' ').filter(Boolean)

/** A running server: {port, url, stop(), saw(line)}. Options are those of client_checks.c. */
export const startServer = (...options) => startProgram('client_checks', ...options, ...moreFlags())

/** As startServer, of any program in tests/conformance. */
export async function startProgram(name, ...options) {
  const child = spawn(join(build, 'conformance', name), options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = []
  const watchers = new Set()
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    const parts = (rest + piece).split('\n')
    rest = parts.pop()
    lines.push(...parts)
    for (const watcher of watchers) watcher()
  })
  const ended = new Promise((done) => child.on('close', (code, signal) => done(signal ?? code)))
  /** Waits for a line that the server prints, and takes it out. */
  const saw = (wanted) => new Promise((found, failed) => {
    const look = () => {
      const at = lines.findIndex((line) => (wanted instanceof RegExp ? wanted.test(line) : line === wanted))
      if (at < 0) return
      watchers.delete(look)
      found(lines.splice(at, 1)[0])
    }
    watchers.add(look)
    look()
    ended.then((code) => failed(new Error(`the server ended (${code}) and never printed ${wanted}`)))
  })
  const [, port] = /listening on (\d+)/.exec(await saw(/listening on \d+/))
  return {
    port: +port,
    url: `${options.includes('--cert') ? 'https' : 'http'}://127.0.0.1:${port}`,
    pid: child.pid,
    saw,
    /** Ends it as an operator does; the status it ended with. */
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Resolves with the arguments of the next event of that name. */
export function next(emitter, event) {
  return new Promise((done) => emitter.once(event, (...values) => done(values)))
}

/** Emits and resolves with what the acknowledgement carries. */
export function ask(socket, ...values) {
  return new Promise((done) => socket.emit(...values, (...answer) => done(answer)))
}

/** A client that has joined `namespace`, and the `auth` event that the server greets it with as `socket.greeting`. */
export async function connect(server, version, transport, namespace = '/', options = {}) {
  const socket = clients[version](server.url + namespace, {
    transports: transports[transport],
    forceNew: true,
    reconnection: false,
    ...options,
  })
  const greeting = next(socket, 'auth')
  const refusal = Promise.race([next(socket, 'connect_error'), ...(isOld(version) ? [next(socket, 'error')] : [])])
  await Promise.race([greeting, refusal.then(([error]) => Promise.reject(error instanceof Error ? error : new Error(error)))])
  socket.greeting = (await greeting)[0]
  return socket
}

/** Waits until the client is on its WebSocket, when it is to get there. */
export async function settle(socket, transport) {
  const wanted = transport === 'polling' ? 'polling' : 'websocket'
  let answer
  do answer = await ask(socket, 'whoami')
  while (answer[1] !== wanted)
  return answer
}
