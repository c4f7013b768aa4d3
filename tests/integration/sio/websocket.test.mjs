// RFC 6455 and RFC 7692 over a raw socket against sio/examples/ws_echo.c: the ground of the Autobahn test suite, section by
// section. What a frame must look like is said here byte by byte, by nobody's library.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import zlib from 'node:zlib'

import { startProgram } from './server.mjs'

const FIN = 0x80, RSV1 = 0x40, RSV2 = 0x20, RSV3 = 0x10
const MORE = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10
const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d])

/** A client's frame, masked. */
function frame(first, payload = '') {
  const bytes = Buffer.from(payload)
  const size = bytes.length
  const head = [first, 0x80 | (size < 126 ? size : size < 65536 ? 126 : 127)]
  if (size >= 65536) head.push(0, 0, 0, 0, size >>> 24, (size >>> 16) & 255)
  if (size >= 126) head.push((size >>> 8) & 255, size & 255)
  const masked = Buffer.from(bytes)
  for (let i = 0; i < size; i++) masked[i] ^= mask[i & 3]
  return Buffer.concat([Buffer.from(head), mask, masked])
}
const text = (payload) => frame(FIN | TEXT, payload)
const close = (code, reason = '') => frame(FIN | CLOSE, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]))
const hex = (digits) => Buffer.from(digits.replaceAll(' ', ''), 'hex')

/** A message in fragments of `size` bytes. */
function fragments(opcode, payload, size) {
  const parts = []
  for (let at = 0; at < payload.length; at += size)
    parts.push(frame((at + size < payload.length ? 0 : FIN) | (at ? MORE : opcode), payload.subarray(at, at + size)))
  return parts
}

/** A raw connection: `reply` is the head of the 101, next() the next frame as {first, payload}, null at the end. */
const sockets = []
class Raw {
  #bytes = Buffer.alloc(0)
  #pieces
  #more = async () => {
    const { value, done } = await this.#pieces.next()
    if (done) return false
    this.#bytes = Buffer.concat([this.#bytes, value])
    return true
  }
  #take = async (size) => {
    while (this.#bytes.length < size) if (!(await this.#more())) return null
    const taken = this.#bytes.subarray(0, size)
    this.#bytes = this.#bytes.subarray(size)
    return taken
  }

  async open(port, extensions) {
    this.socket = connect(port, '127.0.0.1').setNoDelay(true)
    this.socket.on('error', () => {}) // the server may close while we still write
    sockets.push(this.socket)
    this.#pieces = this.socket[Symbol.asyncIterator]()
    await once(this.socket, 'connect')
    this.socket.write(`GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${extensions ? `Sec-WebSocket-Extensions: ${extensions}\r\n` : ''}\r\n`)
    let end
    while ((end = this.#bytes.indexOf('\r\n\r\n')) < 0) assert.ok(await this.#more())
    this.reply = String(await this.#take(end + 4))
    assert.match(this.reply, /^HTTP\/1\.1 101 [^]*\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/i)
    return this
  }

  /** Writes; with `step`, so many bytes at a time, each handed to the network before the next. */
  async write(bytes, step = bytes.length) {
    for (let at = 0; at < bytes.length && !this.socket.destroyed; at += step)
      await new Promise((done) => this.socket.write(bytes.subarray(at, at + step), done))
  }

  async next() {
    const head = await this.#take(2)
    if (head === null) return null
    assert.equal(head[1] & 0x80, 0, 'a server does not mask')
    let size = head[1]
    if (size === 126) size = (await this.#take(2)).readUInt16BE()
    else if (size === 127) size = Number((await this.#take(8)).readBigUInt64BE())
    return { first: head[0], payload: await this.#take(size) }
  }
}

let plain, deflating
before(async () => {
  plain = await startProgram('ws_echo', '--port', '0')
  deflating = await startProgram('ws_echo', '--port', '0', '--deflate')
})
after(async () => {
  for (const socket of sockets) socket.destroy()
  for (const server of [plain, deflating]) assert.equal(await server.stop(), 0)
})

const names = { [TEXT]: 'text', [BINARY]: 'binary', [CLOSE]: 'close', [PING]: 'ping', [PONG]: 'pong' }

/** A frame in words: `text Hello`, `pong`, `close 1000`. */
function word({ first, payload }) {
  assert.equal(first & 0x70, 0)
  assert.ok(first & FIN)
  const opcode = first & 15
  if (opcode === CLOSE) return payload.length ? `close ${payload.readUInt16BE()}` : 'close'
  return payload.length ? `${names[opcode]} ${payload.toString(opcode === TEXT ? 'utf8' : 'hex')}` : names[opcode]
}

/** Sends the frames in one piece and byte by byte; the server answers with exactly these and then ends. */
async function answers(frames, expected, server = plain) {
  const bytes = Buffer.concat(frames)
  for (const step of bytes.length < 300 ? [bytes.length, 1] : [bytes.length]) {
    const raw = await new Raw().open(server.port)
    raw.write(bytes, step)
    const heard = []
    for (let got; (got = await raw.next()); ) heard.push(word(got))
    assert.deepEqual(heard, expected)
  }
}
/** As answers(), for a client that leaves politely. */
const echoes = (frames, expected) => answers([...frames, close(1000)], [...expected, 'close 1000'])
/** As answers(), for a fault that ends the connection. */
const fails = (frames, expected, code = 1002) => answers([...frames, frame(FIN | PING, 'unheard')], [...expected, `close ${code}`])

describe('RFC 6455', { timeout: 60000, concurrency: 4 }, () => {
  test('1: messages of every length form', async () => {
    for (const size of [0, 1, 125, 126, 127, 128, 65535, 65536]) {
      const payload = 'x'.repeat(size)
      await echoes([text(payload)], [size ? `text ${payload}` : 'text'])
      await echoes([frame(FIN | BINARY, payload)], [size ? `binary ${'78'.repeat(size)}` : 'binary'])
    }
  })

  test('2: pings and pongs', async () => {
    await echoes([frame(FIN | PING)], ['pong'])
    await echoes([frame(FIN | PING, hex('00 ff fe fd'))], ['pong 00fffefd'])
    await echoes([frame(FIN | PING, Buffer.alloc(125, 0xfe))], [`pong ${'fe'.repeat(125)}`])
    await fails([frame(FIN | PING, Buffer.alloc(126, 0xfe))], [])
    await echoes([frame(FIN | PONG), frame(FIN | PONG, 'unasked'), frame(FIN | PING, 'a')], ['pong 61'])
    const pings = Array.from({ length: 10 }, (_, i) => frame(FIN | PING, Buffer.from([i])))
    await echoes(pings, Array.from({ length: 10 }, (_, i) => `pong 0${i}`))
  })

  test('3 and 4: reserved bits and opcodes', async () => {
    for (const bits of [RSV3, RSV2, RSV2 | RSV3, RSV1, RSV1 | RSV3, RSV1 | RSV2, RSV1 | RSV2 | RSV3]) {
      await fails([frame(FIN | bits | TEXT, 'a')], [])
      await fails([text('Hello'), frame(FIN | bits | BINARY, 'a')], ['text Hello'])
      await fails([text('Hello'), frame(FIN | bits | PING)], ['text Hello'])
    }
    for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) await fails([text('Hello'), frame(FIN | opcode, 'a')], ['text Hello'])
  })

  test('5: fragments', async () => {
    for (const opcode of [PING, PONG, CLOSE]) await fails([frame(opcode, 'part'), frame(FIN | MORE, 'rest')], [])
    await echoes([frame(TEXT, 'one '), frame(FIN | MORE, 'two')], ['text one two'])
    await echoes([frame(TEXT, 'one '), frame(FIN | PING, 'p'), frame(MORE), frame(FIN | PONG), frame(FIN | MORE, 'two')], ['pong 70', 'text one two'])
    await echoes([frame(BINARY), frame(MORE), frame(FIN | MORE)], ['binary'])
    for (const first of [MORE, FIN | MORE]) await fails([frame(first, 'of nothing'), text('a')], [])
    await fails([text('whole'), frame(FIN | MORE, 'more')], ['text whole'])
    for (const opcode of [TEXT, BINARY]) await fails([frame(TEXT, 'one'), frame(FIN | opcode, 'another')], [])
    await echoes(fragments(TEXT, Buffer.alloc(70000, 'x'), 1300), [`text ${'x'.repeat(70000)}`]) // and section 10
  })

  test('6: text is UTF-8', async () => {
    const valid = ['κόσμε', '\u0000\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\uffff', '\u{10000}\u{10ffff}', '\ufeff']
    for (const payload of valid) {
      await echoes([text(payload)], [`text ${payload}`])
      await echoes(fragments(TEXT, Buffer.from(payload), 1), [`text ${payload}`])
    }
    const invalid = ['80', 'bf', 'c0 af', 'c1 bf', 'c3', 'c3 28', 'e0 80 af', 'e0 9f bf', 'e2 82', 'e2 28 a1', 'ed a0 80', 'ed bf bf',
      'ed a0 80 ed b0 80', 'f0 80 80 af', 'f0 8f bf bf', 'f0 90 80', 'f4 90 80 80', 'f5 80 80 80', 'f8 88 80 80 80', 'fc 84 80 80 80 80', 'fe', 'ff']
    for (const bytes of invalid) {
      await fails([text('Hello'), text(hex(bytes))], ['text Hello'], 1007)
      await fails(fragments(TEXT, hex(`ce ba ${bytes}`), 1), [], 1007)
      await echoes([frame(FIN | BINARY, hex(bytes))], [`binary ${bytes.replaceAll(' ', '')}`])
    }
  })

  test('6.4: bad text is refused at the byte that is bad, not when its frame or message ends', async () => {
    for (const bytes of [frame(TEXT, hex('ce ba f4 90')), frame(TEXT, hex('ce ba ff 00 00 00')).subarray(0, 9), frame(FIN | TEXT, hex('ed a0 80 80')).subarray(0, 8)]) {
      const raw = await new Raw().open(plain.port)
      await raw.write(bytes) // and nothing more
      assert.equal(word(await raw.next()), 'close 1007')
      assert.equal(await raw.next(), null)
    }
  })

  test('7: the closing handshake', async () => {
    await answers([text('a'), frame(FIN | CLOSE), text('late'), frame(FIN | PING)], ['text a', 'close'])
    await answers([close(1000, 'é'.repeat(61)), close(1000)], ['close 1000'])
    await answers([frame(TEXT, 'half'), close(1001), frame(FIN | MORE, 'rest')], ['close 1001'])
    await fails([frame(FIN | CLOSE, hex('03'))], [])
    await fails([close(1000, 'x'.repeat(124))], [])
    await fails([close(1000, hex('ce ba ed a0 80'))], [], 1007)
    for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]) await answers([close(code)], [`close ${code}`])
    for (const code of [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535]) await fails([close(code)], [])
  })

  test('9: large messages, whole and in small fragments', async () => {
    for (const [size, part] of [[1 << 20, 64], [4 << 20, 1024], [16 << 20, 1 << 20]]) {
      const payload = Buffer.alloc(size, 'abcdefghijk')
      const raw = await new Raw().open(plain.port)
      for (const opcode of [TEXT, BINARY]) {
        raw.write(Buffer.concat(fragments(opcode, payload, part)), size > part ? 997 * 64 : undefined)
        const got = await raw.next()
        assert.equal(got.first, FIN | opcode)
        assert.ok(got.payload.equals(payload))
      }
    }
  })
})

/** The extension that was agreed on, as {parameter: value or true}; null: none. */
function agreed(raw) {
  const line = raw.reply.match(/^Sec-WebSocket-Extensions: (.*)\r$/im)?.[1]
  if (!line) return null
  const [name, ...parameters] = line.split(/; */)
  assert.equal(name, 'permessage-deflate')
  return Object.fromEntries(parameters.map((parameter) => parameter.split('=')).map(([key, value]) => [key, value ?? true]))
}

const tail = hex('00 00 ff ff')
const collect = (stream) => { const parts = []; stream.on('data', (part) => parts.push(part)); return parts }

/** Compresses one message after the other as agreed. */
class Deflater {
  constructor(bits, keepsContext) { Object.assign(this, { bits, keepsContext }) }
  async message(payload) {
    if (!this.stream || !this.keepsContext) {
      this.stream = zlib.createDeflateRaw({ windowBits: this.bits })
      this.parts = collect(this.stream)
    }
    await new Promise((done) => this.stream.write(payload, done))
    await new Promise((done) => this.stream.flush(zlib.constants.Z_SYNC_FLUSH, done))
    return Buffer.concat(this.parts.splice(0)).subarray(0, -4)
  }
}

/** Inflates with no larger a window than was agreed, so that a server which takes more is found out. */
class Inflater {
  constructor(bits, keepsContext) { Object.assign(this, { bits, keepsContext }) }
  async message(bytes) {
    if (!this.stream || !this.keepsContext) {
      this.stream = zlib.createInflateRaw({ windowBits: this.bits })
      this.stream.on('error', (error) => { this.error = error })
      this.parts = collect(this.stream)
    }
    await new Promise((done) => this.stream.write(Buffer.concat([bytes, tail]), done))
    await new Promise((done) => this.stream.flush(done))
    assert.equal(this.error, undefined)
    return Buffer.concat(this.parts.splice(0))
  }
}

// Far repetitions, so that windows matter, and something that does not compress.
function sample(size) {
  const bytes = Buffer.alloc(size)
  for (let i = 0, seed = 1; i < size; i++) {
    seed = (seed * 1103515245 + 12345) >>> 0
    bytes[i] = i < 700 || i % 3 === 0 ? 97 + ((seed >>> 16) % 26) : bytes[i - 700]
  }
  return bytes
}

describe('RFC 7692', { timeout: 60000, concurrency: 4 }, () => {
  // The offers of section 13, and what has to be in the answer.
  const offers = {
    'permessage-deflate': {},
    'permessage-deflate; client_max_window_bits; client_no_context_takeover': { client_no_context_takeover: true },
    'permessage-deflate; server_no_context_takeover': { server_no_context_takeover: true },
    'permessage-deflate; server_max_window_bits=9': { server_max_window_bits: '9' },
    'permessage-deflate; server_max_window_bits=15': {},
    'permessage-deflate; server_no_context_takeover; server_max_window_bits=10': { server_no_context_takeover: true, server_max_window_bits: '10' },
    'permessage-deflate; client_max_window_bits=9; server_no_context_takeover; server_max_window_bits=15': { server_no_context_takeover: true },
    'permessage-deflate; server_max_window_bits=7, permessage-deflate; server_max_window_bits=12': { server_max_window_bits: '12' },
    'other, permessage-deflate; server_max_window_bits': null, // without a value it is no offer
  }
  for (const [offer, wanted] of Object.entries(offers)) {
    test(offer, async () => {
      const raw = await new Raw().open(deflating.port, offer)
      const answer = agreed(raw)
      if (wanted === null) {
        assert.equal(answer, null)
        return
      }
      for (const [key, value] of Object.entries(wanted)) assert.equal(answer[key], value, key)
      // Without a word of it the other side may use the largest window, and what it has kept.
      const ours = new Deflater(Number(answer.client_max_window_bits ?? 15), !answer.client_no_context_takeover)
      const its = new Inflater(Number(answer.server_max_window_bits ?? 15), !answer.server_no_context_takeover)
      for (const size of [0, 1, 16, 1000, 8192, 131072, 131072]) {
        const payload = sample(size)
        const bytes = await ours.message(payload)
        const half = Math.floor(bytes.length / 2)
        // Only the first frame of a message has the bit, and frames are cut anywhere (§6.1).
        raw.write(Buffer.concat([frame(RSV1 | BINARY, bytes.subarray(0, half)), frame(FIN | PING), frame(FIN | MORE, bytes.subarray(half))]))
        assert.deepEqual(await raw.next(), { first: FIN | PONG, payload: Buffer.alloc(0) })
        const got = await raw.next()
        assert.equal(got.first & ~RSV1, FIN | BINARY)
        assert.ok((got.first & RSV1 ? await its.message(got.payload) : got.payload).equals(payload), `${size} bytes`)
        if (size >= 8192) assert.ok(got.first & RSV1 && got.payload.length < size)
      }
      raw.write(text('not compressed'))
      const { first, payload } = await raw.next()
      assert.equal(String(first & RSV1 ? await its.message(payload) : payload), 'not compressed')
    })
  }

  test('what breaks the rules of compression', async () => {
    const compressed = zlib.deflateRawSync(Buffer.from('Hello'), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).subarray(0, -4)
    const bad = zlib.deflateRawSync(hex('ce ba ed a0 80'), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).subarray(0, -4)
    const bomb = zlib.deflateRawSync(Buffer.alloc((16 << 20) + 1), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).subarray(0, -4)
    for (const [frames, code] of [
      [[frame(RSV1 | TEXT, compressed), frame(FIN | RSV1 | MORE)], 1002], // the bit is the first frame's
      [[frame(FIN | RSV1 | PING)], 1002],
      [[frame(FIN | RSV1 | RSV2 | TEXT, compressed)], 1002],
      [[frame(FIN | RSV1 | TEXT, 'no stream')], 1007],
      [[frame(FIN | RSV1 | TEXT, bad)], 1007],
      [[frame(RSV1 | TEXT, bad)], 1007], // at once
      [[frame(FIN | RSV1 | BINARY, bomb)], 1009],
    ]) {
      const raw = await new Raw().open(deflating.port, 'permessage-deflate')
      raw.write(Buffer.concat(frames))
      assert.equal(word(await raw.next()), `close ${code}`)
      assert.equal(await raw.next(), null)
    }
  })
})
