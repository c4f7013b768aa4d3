// state.js - values that a page shows, and the one call that changes them.

/** Holds `values`. After one or many set() in the same turn `onChange` is called once, before the
 * browser paints. */
export class State {
  #onChange
  #isDue = false

  constructor(values, onChange) {
    this.values = values
    this.#onChange = onChange
  }

  set(change) {
    Object.assign(this.values, change)
    if (this.#isDue) return
    this.#isDue = true
    queueMicrotask(() => {
      this.#isDue = false
      this.#onChange()
    })
  }
}
