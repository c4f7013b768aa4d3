// search-page.js - what the pages share: the bar with the search, its keys, the help sheet, what is spoken.
import { element } from '../framework/element.js'
import { Page } from '../framework/page.js'
import { helpSheet } from '../components/help-sheet/help-sheet.js'
import { spokenResult } from '../components/result-list/result-list.js'
import { focusSearch, searchBox } from '../components/search-box/search-box.js'
import { topBar } from '../components/top-bar/top-bar.js'
import { FILTERS, addressOf, searchQuery } from '../model/address.js'
import { totalOf } from '../model/rows.js'
import { Speech } from '../model/speech.js'
import { speak, t } from '../model/texts.js'
import { THEMES, applyTheme, currentTheme } from '../model/theme.js'

/** Extend it with main(), which describes what is below the bar, and place(), the address without a search. */
export class SearchPage extends Page {
  constructor(context, values) {
    super(context, { spoken: '', hasHelp: false, isWaiting: false, ...values })
    this.search = context.search
    this.search.page = this
    this.speech = new Speech((spoken) => this.set({ spoken }))
  }

  leave() {
    super.leave()
    this.speech.stop()
  }

  /** The connection is back: what failed, or may be old, is asked for again. */
  reconnected() {
    if (this.search.isOpen || this.search.failure) this.search.run()
  }

  /** The catalogue has changed. */
  reload() {
    if (this.search.isOpen) this.search.run()
  }

  /** Called by the search at every change. */
  change() {
    this.keepAddress()
    this.speech.say(this.search.isOpen && !this.search.isWaiting ? spokenResult(this.search) : '')
    this.set({})
  }

  /** Called by the search with the row that was chosen. An API is entered with an empty field; an element takes the query
   * along, to go on from there. */
  choose(row, { isNewTab }) {
    const address = addressOf(row.id, row.kind === 'api' ? undefined : this.search, this.options)
    if (isNewTab) window.open(address, '_blank', 'noopener')
    else this.context.controller.go(address)
  }

  keepAddress() {
    this.context.controller.rewrite(this.address())
  }

  /** Leaves the API: the same search over all of them. */
  leaveScope() {
    this.context.controller.go(`/${searchQuery(this.search)}`)
  }

  onKey(event, isTyping) {
    const digit = event.altKey && /^Digit([1-5])$/.exec(event.code)
    if (digit) this.search.filterBy(FILTERS[digit[1] - 1])
    else if (isTyping || event.altKey || event.ctrlKey || event.metaKey || !this.hasKeys || this.state.hasHelp) return false
    else return this.onLetter(event.key)
    return true
  }

  /** A single key outside of all fields; returns whether it meant something. */
  onLetter(key) {
    if (key === '/') focusSearch(document, true)
    else if (key === '?') this.set({ hasHelp: true })
    else return false
    return true
  }

  get hasKeys() {
    return this.context.memory.get('keys') !== false
  }

  view() {
    const { context, search, state } = this
    return [
      topBar({
        isStart: !search.scope && this.isStart, isOnline: context.connection.isOnline, isOld: context.server.isOld,
        search: searchBox({ search, onLeave: () => this.leaveScope(), ways: this.#ways() }),
        onTheme: () => this.#turnTheme(), onHelp: () => this.set({ hasHelp: true }), onReload: () => window.location.reload(),
      }),
      state.isWaiting && element('div', { class: 'progress progress--page', role: 'presentation' }),
      this.main(),
      element('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' }, state.spoken),
      state.hasHelp && helpSheet({
        hasKeys: this.hasKeys, onKeys: (hasKeys) => this.#keep('keys', hasKeys),
        onLanguage: (code) => this.#keep('language', code, speak(code)), onClose: () => this.set({ hasHelp: false }),
      }),
    ]
  }

  async #keep(name, value, isDone) {
    await isDone
    this.context.memory.set(name, value)
    this.set({})
  }

  #turnTheme() {
    const theme = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length]
    applyTheme(theme)
    this.#keep('theme', theme)
  }

  // Out of an answer without rows: other filters that have some, and all APIs.
  #ways() {
    const { answered, filter, scope } = this.search
    const list = FILTERS.map((other, place) => ({
      name: t('n-in', { count: totalOf(answered?.totals, other), name: t(`filter-${other}`) }), key: `Alt ${place + 1}`,
      isThere: other !== filter && totalOf(answered?.totals, other) > 0, onChoose: () => this.search.filterBy(other),
    })).filter(({ isThere }) => isThere)
    return scope ? [...list, { name: t('search-all'), key: '⌫', onChoose: () => this.leaveScope() }] : list
  }
}
