// socketio_echo.mjs - the reference server with the one event that the echo benchmark sends: echo(value, ack) → ack(value).
import { Server } from 'socket.io'
import { createServer } from 'node:http'

const http = createServer()
new Server(http).on('connection', (socket) => socket.on('echo', (value, acknowledge) => acknowledge(value)))
http.listen(0, '127.0.0.1', () => console.log(`listening on ${http.address().port}`))
process.on('SIGTERM', () => process.exit(0))
