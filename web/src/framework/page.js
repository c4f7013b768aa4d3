// page.js - one screen: it holds state, listens to its address, and describes what is seen.
import { render } from './render.js'
import { State } from './state.js'

/** Extend it with view() and, where needed, enter() and leave(). */
export class Page {
  #state
  #root

  /** `context` is what the controller was built with; `values` the first state. */
  constructor(context, values = {}) {
    this.context = context
    this.#root = context.root
    this.#state = new State(values, () => this.#show())
    this.isActive = true
  }

  get state() {
    return this.#state.values
  }

  /** Changes the state and, before the next paint, the screen. */
  set(change) {
    this.#state.set(change)
  }

  /** Calls `run` when what was set so far is on the screen. */
  afterShow(run) {
    this.set({})
    queueMicrotask(run)
  }

  /** The address is now `location` (a URL) of this page. `how`: "start", "go", "link" or "history". */
  enter(location, how) {}

  /** Another page takes over; nothing is shown from here on. */
  leave() {
    this.isActive = false
  }

  /** Returns the description of the screen. */
  view() {
    return null
  }

  /** The title of the window or tab. */
  title() {
    return ''
  }

  #show() {
    if (!this.isActive) return
    render(this.#root, this.view())
    const title = this.title()
    if (title) this.#root.ownerDocument.title = title
  }
}
