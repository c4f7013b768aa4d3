// search.js - the state of a search box: its text and filter, the rows found, the one that is active. No DOM.
import { rowsOf } from './rows.js'

const PAGE = 8; // rows that Page Up and Page Down move

export class Search {
  text = ''
  filter = 'everything'
  isOpen = false
  isWaiting = false
  groups = []
  rows = []
  active = 0
  answered = null; // what `groups` answers: { text, filter, totals, suggestion? }; null: nothing yet
  failure = null
  #ask
  #choose
  #change
  #isChosen = false; // Enter came before its answer
  #turn = 0

  /** `ask({ text, filter })` resolves with { groups, totals, suggestion? }; `choose(row, { isNewTab })` opens a row
   * `change()` is told of every change. */
  constructor({ ask, choose, change }) {
    this.#ask = ask
    this.#choose = choose
    this.#change = change
  }

  /** Takes text and filter of an address, without a question. */
  restore({ text, filter }) {
    if (text !== this.text || filter !== this.filter) this.#reset()
    Object.assign(this, { text, filter, isOpen: false })
  }

  type(text) {
    this.text = text
    this.#isChosen = false
    this.isOpen = text.trim() !== ''
    if (this.isOpen) this.run()
    else this.#reset()
    this.#change()
  }

  /** Asks for another kind of elements; the rows stay until the answer is there. */
  filterBy(filter) {
    this.filter = filter
    if (this.text.trim()) this.open()
    this.#change()
  }

  open() {
    if (!this.text.trim()) return
    this.isOpen = true
    const { text, filter } = this.answered ?? {}
    if (text !== this.text || filter !== this.filter || this.failure) this.run()
    this.#change()
  }

  close() {
    if (!this.isOpen) return
    this.isOpen = false
    this.#isChosen = false
    this.#change()
  }

  /** Asks again, after a reconnection for one. */
  async run() {
    const turn = ++this.#turn
    const { text, filter } = this
    this.isWaiting = true
    try {
      const { groups, totals, suggestion } = await this.#ask({ text: text.trim(), filter })
      if (turn === this.#turn) this.#show(groups, { text, filter, totals, suggestion })
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
    this.#change()
  }

  activate(index) {
    this.active = index
    this.#change()
  }

  /** Opens the active row; when its answer is still under way, as soon as it is there. */
  accept(options = {}) {
    if (this.isWaiting && this.answered?.text !== this.text) {
      this.#isChosen = true
      return
    }
    const row = this.rows[this.active]
    if (!row) return
    if (row.kind === 'more') {
      this.filterBy(row.filter)
      return
    }
    if (!options.isNewTab) this.close()
    this.#choose(row, options)
  }

  /** Does what a key means in the field; returns whether it meant something. */
  press({ key, ctrlKey, metaKey, isComposing }) {
    if (isComposing) return false
    const act = this.isOpen ? this.#keysOpen(ctrlKey || metaKey)[key] : this.#keysClosed()[key]
    if (!act) return false
    act()
    return true
  }

  #keysOpen(isNewTab) {
    return {
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      PageDown: () => this.move(PAGE),
      PageUp: () => this.move(-PAGE),
      Enter: () => this.accept({ isNewTab }),
      Escape: () => this.close(),
    }
  }

  #keysClosed() {
    if (!this.text.trim()) return {}
    const open = () => this.open()
    return { ArrowDown: open, ArrowUp: open, Enter: open, Escape: () => this.type('') }
  }

  #show(groups, answered) {
    Object.assign(this, { groups, rows: rowsOf(groups), answered, active: 0, isWaiting: false, failure: null })
    this.#change()
    if (this.#isChosen) {
      this.#isChosen = false
      this.accept()
    }
  }

  #fail(failure) {
    Object.assign(this, { failure, isWaiting: false })
    this.#change()
  }

  #reset() {
    this.#turn++
    Object.assign(this, { groups: [], rows: [], answered: null, active: 0, isWaiting: false, failure: null })
  }
}
