// library.js - what was loaded stays for a while: going back is instant, and reading goes on offline.
const KEPT = 50

export class Library {
  #actions
  #kept = new Map() // "api x" or "element x" → answer

  /** `actions`: { apiLoad, apiElementDetails }. */
  constructor(actions) {
    this.#actions = actions
  }

  /** An API by id; a promise. */
  api(id) {
    return this.#load('api', id, this.#actions.apiLoad)
  }

  /** An element's details by id; a promise. */
  element(id) {
    return this.#load('element', id, this.#actions.apiElementDetails)
  }

  /** The same, when they are here; else undefined. */
  knownApi(id) {
    return this.#kept.get(`api ${id}`)
  }

  knownElement(id) {
    return this.#kept.get(`element ${id}`)
  }

  /** The catalogue has changed: everything is asked for again. */
  clear() {
    this.#kept.clear()
  }

  async #load(what, id, action) {
    const key = `${what} ${id}`
    const answer = this.#kept.get(key) ?? (await action.ask({ id }))
    this.#kept.delete(key)
    this.#kept.set(key, answer)
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value)
    return answer
  }
}
