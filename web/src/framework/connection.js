// connection.js - questions and answers over one Socket.IO socket that comes and goes.

/** What a server answered instead of a value, or what kept the answer away. */
export class AnswerError extends Error {
  constructor({ code, message, nearest = [] }) {
    super(message)
    this.code = code
    this.nearest = nearest
  }
}

export class Connection {
  #socket
  #patience
  #waiting = new Set(); // questions without an answer
  #watchers = new Set()

  /** `socket`: a socket.io-client Socket. `patience`: milliseconds until a connected server that does not
   * answer counts as failed. */
  constructor(socket, { patience = 10_000 } = {}) {
    this.#socket = socket
    this.#patience = patience
    this.isOnline = undefined; // until the first attempt has ended
    socket.on('connect', () => this.#onConnect())
    socket.on('disconnect', (reason) => this.#onDisconnect(reason))
    socket.on('connect_error', () => this.#setOnline(false))
  }

  /** Resolves with the answer, or rejects with an AnswerError. A question put while offline, or cut off by
   * a lost connection, is sent when the connection is back: questions must be safe to repeat.
   * An aborted one is dropped and never settles. */
  ask(event, argument, signal) {
    return new Promise((resolve, reject) => {
      const question = { event, argument, resolve, reject }
      this.#waiting.add(question)
      signal?.addEventListener('abort', () => this.#waiting.delete(question))
      if (this.#socket.connected) this.#send(question)
    })
  }

  /** Calls `listener` for each `event` that the server sends unasked. */
  on(event, listener) {
    this.#socket.on(event, listener)
  }

  /** Calls `watcher(isOnline)` at every change; returns a function that ends it. */
  watch(watcher) {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  #send(question) {
    this.#socket.timeout(this.#patience).emit(question.event, question.argument, (failure, answer) => {
      if (failure) this.#onFailure(question)
      else this.#onAnswer(question, answer)
    })
  }

  #onAnswer(question, answer) {
    if (!this.#waiting.delete(question)) return
    if (answer?.error) question.reject(new AnswerError(answer.error))
    else question.resolve(answer)
  }

  #onFailure(question) {
    if (!this.#socket.connected || !this.#waiting.delete(question)) return; // kept for the next connection
    question.reject(new AnswerError({ code: 'timeout', message: 'The server did not answer in time. Try again.' }))
  }

  #onConnect() {
    this.#setOnline(true)
    for (const question of this.#waiting) this.#send(question)
  }

  #onDisconnect(reason) {
    this.#setOnline(false)
    // Closed by the server on purpose, a restart for one: the client library would stay away.
    if (reason === 'io server disconnect') this.#socket.connect()
  }

  #setOnline(isOnline) {
    if (isOnline === this.isOnline) return
    this.isOnline = isOnline
    for (const watcher of this.#watchers) watcher(isOnline)
  }
}
