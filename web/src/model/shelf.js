// shelf.js - elements that this browser keeps: those used last, and the favourites.

export class Shelf {
  #memory
  #name
  #most

  /** `name`: in the memory. `most`: so many are kept. */
  constructor(memory, name, most) {
    this.#memory = memory
    this.#name = name
    this.#most = most
  }

  /** [{ id, title, version, … }], the latest first. */
  list() {
    const kept = this.#memory.get(this.#name)
    return Array.isArray(kept) ? kept.filter((item) => typeof item?.id === 'string').slice(0, this.#most) : []
  }

  has(id) {
    return this.list().some((item) => item.id === id)
  }

  put(item) {
    this.#memory.set(this.#name, [item, ...this.#without(item.id)].slice(0, this.#most))
  }

  remove(id) {
    this.#memory.set(this.#name, this.#without(id))
  }

  #without(id) {
    return this.list().filter((item) => item.id !== id)
  }
}
