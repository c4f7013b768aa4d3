// recents.js - the APIs used last, kept in this browser.
const KEY = 'apiblaze:recent'
const MOST = 8; // two rows of buttons

/** `storage`: localStorage, or anything alike. It may refuse (private windows, full, switched off). */
export class Recents {
  #storage

  constructor(storage) {
    this.#storage = storage
  }

  /** [{ id, title, version }], the latest first. */
  list() {
    try {
      const kept = JSON.parse(this.#storage().getItem(KEY))
      return Array.isArray(kept) ? kept.filter((api) => typeof api?.id === 'string').slice(0, MOST) : []
    } catch {
      return []
    }
  }

  remember({ id, title, version }) {
    this.#keep([{ id, title, version }, ...this.list().filter((api) => api.id !== id)].slice(0, MOST))
  }

  forget(id) {
    this.#keep(this.list().filter((api) => api.id !== id))
  }

  #keep(list) {
    try {
      this.#storage().setItem(KEY, JSON.stringify(list))
    } catch {
      // Nothing is remembered then; all else works.
    }
  }
}
