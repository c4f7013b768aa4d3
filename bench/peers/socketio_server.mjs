// socketio_server.mjs - the reference server, doing what bench_server.c does: echo(value, ack) → ack(value), broadcast, GET /json.
import { Server } from 'socket.io'
import { createServer } from 'node:http'

const json = JSON.stringify({ status: 'healthy' })
const http = createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': json.length }).end(json)
})
const io = new Server(http)
io.on('connection', (socket) => {
  socket.on('echo', (value, acknowledge) => acknowledge(value))
  socket.on('broadcast', (value) => io.emit('broadcast', value))
})
http.listen(0, '127.0.0.1', 4096, () => console.log(`listening on ${http.address().port}`))
process.on('SIGTERM', () => process.exit(0))
