// search.js - the state of the search box: its scope, text and filter, the rows found, the one that is active. No DOM.
import { rowsOf } from './rows.js'

const PAGE = 8 // rows that Page Up and Page Down move

export class Search {
  scope = null // { id, title } of the API that is searched; null: all of them
  text = ''
  filter = 'everything'
  isOpen = false
  isWaiting = false
  groups = []
  rows = []
  active = 0
  answered = null // what `groups` answers: { scope, text, filter, totals, suggestion? }; null: nothing yet
  failure = null
  /** The page that has the box: `choose(row, { isNewTab })` opens a row, `change()` is told of every change. */
  page = null
  #ask
  #isChosen = false // Enter came before its answer
  #turn = 0

  /** `ask({ scope, text, filter })` resolves with { groups, totals, suggestion? }; no text: with what to begin with. */
  constructor(ask) {
    this.#ask = ask
  }

  /** Takes scope, text and filter of an address, without a question. */
  restore({ scope, text, filter }) {
    if (scope?.id !== this.scope?.id || text !== this.text || filter !== this.filter) this.#reset()
    Object.assign(this, { scope, text, filter, isOpen: false })
  }

  type(text) {
    this.text = text
    this.#isChosen = false
    this.isOpen = text.trim() !== ''
    if (this.isOpen) this.run()
    else this.#reset()
    this.page.change()
  }

  /** Asks for another kind of elements; the rows stay until the answer is there. */
  filterBy(filter) {
    this.filter = filter
    if (this.text.trim()) this.open()
    this.page.change()
  }

  open() {
    this.isOpen = true
    const { scope, text, filter } = this.answered ?? {}
    if (scope?.id !== this.scope?.id || text !== this.text || filter !== this.filter || this.failure) this.run()
    this.page.change()
  }

  close() {
    if (!this.isOpen) return
    this.isOpen = false
    this.#isChosen = false
    this.page.change()
  }

  /** Asks again, after a reconnection for one. */
  async run() {
    const turn = ++this.#turn
    const { scope, text, filter } = this
    this.isWaiting = true
    try {
      const { groups, totals, suggestion } = await this.#ask({ scope, text: text.trim(), filter })
      if (turn === this.#turn) this.#show(groups, { scope, text, filter, totals, suggestion })
    } catch (failure) {
      if (turn === this.#turn) this.#fail(failure)
    }
  }

  /** Moves the active row; one past an end is the other end, unless a page was asked for. */
  move(step) {
    const last = this.rows.length - 1
    if (last < 0) return
    const next = this.active + step
    if (Math.abs(step) > 1) this.active = Math.min(last, Math.max(0, next))
    else this.active = next < 0 ? last : next > last ? 0 : next
    this.page.change()
  }

  activate(index) {
    this.active = index
    this.page.change()
  }

  /** Makes `row` lead to the version that is `step` behind the one that it leads to now. */
  turn(row, step = 1) {
    const { versions = [] } = row ?? {}
    if (!versions.length) return
    const at = versions.findIndex(({ id }) => id === row.id)
    row.id = versions[(at + step + versions.length) % versions.length].id
    this.page.change()
  }

  /** Opens the active row; when its answer is still under way, as soon as it is there. */
  accept(options = {}) {
    if (this.isWaiting && this.answered?.text !== this.text) {
      this.#isChosen = true
      return
    }
    const row = this.rows[this.active]
    if (!row) return
    if (row.kind === 'more') return this.filterBy(row.filter)
    if (row.kind === 'query') return this.type(row.name)
    if (!options.isNewTab) this.close()
    this.page.choose(row, options)
  }

  /** Opens the row that is `step` behind that of the element `id`, where the search has one. */
  async step(step, id) {
    if (!this.text.trim()) return
    if (this.answered?.text !== this.text) await this.run()
    const at = this.rows.findIndex((row) => row.id === id)
    const next = (at < 0 ? this.active : at) + step
    if (!this.rows[next]?.key) return
    this.active = next
    this.accept()
  }

  /** Does what a key means in the field; returns whether it meant something. */
  press({ key, ctrlKey, metaKey, altKey, isComposing }) {
    if (isComposing) return false
    if (key === 'Tab') this.close() // and the focus goes on
    const act = (this.isOpen ? this.#keysOpen(ctrlKey || metaKey, altKey) : this.#keysClosed())[key]
    if (!act) return false
    act()
    return true
  }

  #keysOpen(isNewTab, isAlt) {
    const walk = (step) => () => (isAlt ? this.turn(this.rows[this.active], step) : this.move(step))
    return {
      ArrowDown: walk(1),
      ArrowUp: walk(-1),
      PageDown: () => this.move(PAGE),
      PageUp: () => this.move(-PAGE),
      Enter: () => this.accept({ isNewTab }),
      Escape: () => this.close(),
    }
  }

  #keysClosed() {
    const open = () => this.open()
    return { ArrowDown: open, ArrowUp: open, ...(this.text.trim() && { Enter: open, Escape: () => this.type('') }) }
  }

  #show(groups, answered) {
    Object.assign(this, { groups, rows: rowsOf(groups), answered, active: 0, isWaiting: false, failure: null })
    this.page.change()
    if (this.#isChosen) {
      this.#isChosen = false
      this.accept()
    }
  }

  #fail(failure) {
    Object.assign(this, { failure, isWaiting: false })
    this.page.change()
  }

  #reset() {
    this.#turn++
    Object.assign(this, { groups: [], rows: [], answered: null, active: 0, isWaiting: false, failure: null })
  }
}
