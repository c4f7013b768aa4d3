// library.js - what was loaded stays for a while: going back is instant, and reading and searching go on offline.
const KEPT = 50 // of each kind of answer

export class Library {
  #actions
  #kept = {} // name of an action → Map of question → answer

  /** `actions`: by name; each answers ask(), or askLatest() for those that replace each other. */
  constructor(actions) {
    this.#actions = actions
  }

  /** The answer of the action `name` to `question`; a promise. */
  ask(name, question) {
    return this.#load(name, question, 'ask')
  }

  /** The same for what must not be asked twice, nor kept. */
  askOnce(name, question) {
    return this.#actions[name].ask(question)
  }

  /** The same where only the newest question counts: the others' promises never settle. */
  askLatest(name, question) {
    return this.#load(name, question, 'askLatest')
  }

  /** The same when it is here; else undefined. */
  known(name, question) {
    return this.#kept[name]?.get(JSON.stringify(question))
  }

  /** The catalogue has changed: everything is asked for again. */
  clear() {
    this.#kept = {} // what is still under way goes to the old one
  }

  async #load(name, question, how) {
    const key = JSON.stringify(question)
    const kept = (this.#kept[name] ??= new Map())
    const answer = kept.get(key) ?? (await this.#actions[name][how](question))
    kept.delete(key)
    kept.set(key, answer)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value)
    return answer
  }
}
