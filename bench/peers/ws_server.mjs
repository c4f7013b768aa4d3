// ws_server.mjs - the package ws: a WebSocket that sends back what it gets.
import { WebSocketServer } from 'ws'

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, backlog: 4096 })
server.on('connection', (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })))
server.on('listening', () => console.log(`listening on ${server.address().port}`))
process.on('SIGTERM', () => process.exit(0))
