// server.js - what the server says of itself whenever the connection is made.

export class Server {
  counts = null // of the whole catalogue
  canTry = false // requests may be sent
  isOld = false // the server has another page than the one that is running
  #page
  #catalogue

  /** Takes an answer of system:about; returns whether its catalogue is another one than before. */
  greet({ page, catalogue, counts, tries }) {
    const isNew = this.#catalogue !== undefined && this.#catalogue !== catalogue
    this.#page ??= page
    this.#catalogue = catalogue
    this.counts = counts
    this.canTry = Boolean(tries)
    this.isOld = this.#page !== page
    return isNew
  }
}
