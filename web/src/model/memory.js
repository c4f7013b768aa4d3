// memory.js - what this browser keeps of its reader: settings, recent and favourite elements. All tabs share it.
const PREFIX = 'apiblaze:'

export class Memory {
  #storage

  /** `storage()`: localStorage, or anything alike. It may refuse (private windows, full, switched off): then nothing is
   * kept, and all else works. */
  constructor(storage) {
    this.#storage = storage
  }

  get(name) {
    try {
      return JSON.parse(this.#storage().getItem(PREFIX + name)) ?? undefined
    } catch {
      return undefined
    }
  }

  set(name, value) {
    try {
      this.#storage().setItem(PREFIX + name, JSON.stringify(value))
    } catch {
      // Good for this visit only.
    }
  }
}
