// generate.mjs - asks a running ApiBlaze for code over its socket, and holds the replies against the contract.

import { io } from 'socket.io-client'
import { check, startServer } from '../app/support.mjs'

/** Starts a server for an index: {code(id, language, server), languages, stop}. `code` resolves to the reply's text. */
export async function startGenerator(index) {
  const server = await startServer(index)
  const socket = io(server.url, { transports: ['websocket'] })
  const ask = async (event, argument) => check(event, 'reply', await socket.timeout(60_000).emitWithAck(event, argument))
  return {
    async code(id, language, address) {
      const reply = await ask('app:api-element-code-action', { id, language, server: address })
      return reply.example.code
    },
    async languages(id) {
      return (await ask('app:api-element-code-action', { id })).languages.map(({ name }) => name)
    },
    async stop() {
      socket.disconnect()
      await server.stop()
    },
  }
}
