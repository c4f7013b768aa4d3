// action.js - one kind of question to the server.

/** An action asks `event` over `connection`. */
export class Action {
  #connection
  #event
  #sequence = 0
  #previous

  constructor(connection, event) {
    this.#connection = connection
    this.#event = event
  }

  /** Resolves with the answer. Any number may be under way. */
  ask(argument) {
    return this.#connection.ask(this.#event, argument)
  }

  /** For questions that replace each other, one a keystroke. Only the newest counts: an older one that was
   * not sent yet is dropped, and an older answer that comes late never settles its promise. */
  askLatest(argument) {
    this.#previous?.abort()
    const { signal } = (this.#previous = new AbortController())
    const sequence = ++this.#sequence
    return this.#connection.ask(this.#event, { ...argument, sequence }, signal)
  }
}
