// api-page.js - one API: search, description, code example.
import { Kept } from '../../framework/element.js'
import { Page } from '../../framework/page.js'
import { titleOf } from '../../components/description/description.js'
import { firstBody } from '../../components/endpoint/endpoint.js'
import { FILTER_NAMES, filterOfKey } from '../../components/filter-bar/filter-bar.js'
import { spokenResult } from '../../components/result-list/result-list.js'
import { focusSearch } from '../../components/search-box/search-box.js'
import { FILTERS, addressOf, elementOf, searchOf } from '../../model/address.js'
import { copyText } from '../../model/clipboard.js'
import { formatCount, kindName } from '../../model/kinds.js'
import { groupsInApi, totalOf } from '../../model/rows.js'
import { Search } from '../../model/search.js'
import { Speech } from '../../model/speech.js'
import { apiView } from './api-view.js'
import { NOTHING, Selection } from './selection.js'

const COPIED = 1500 // milliseconds that a copy button says so

export class ApiPage extends Page {
  constructor(context) {
    super(context, { ...NOTHING, spoken: '', copied: null })
    this.search = new Search({
      ask: (query) => this.#ask(query),
      choose: (row, options) => this.#choose(row, options),
      change: () => this.#onSearch(),
    })
    this.selection = new Selection({ library: context.library, actions: context.actions, page: this })
    this.speech = new Speech((spoken) => this.set({ spoken }))
    this.keptText = new Kept()
    this.keptCode = new Kept()
  }

  enter(location, how) {
    const { id, api } = elementOf(location)
    const isNew = id !== this.state.id
    this.wantsFocus = how === 'link'
    if (how === 'link' && api === this.state.apiId) this.#keepAddress(id) // the search goes along
    else this.search.restore(searchOf(location))
    if (isNew) this.selection.choose(id, api)
    if (isNew && how !== 'start' && how !== 'history') window.scrollTo(0, 0)
    if (how === 'start' && id === api) {
      this.search.open()
      this.afterShow(() => focusSearch(document))
    }
  }

  leave() {
    super.leave()
    this.speech.stop()
  }

  /** The connection is back: what failed is asked for again. */
  reconnected() {
    if (this.search.failure) this.search.run()
    if (this.state.failure) this.selection.retry()
  }

  /** The catalogue has changed. */
  reload() {
    this.selection.retry()
    if (this.search.isOpen) this.search.run()
  }

  /** Called by the selection with the API that is shown. */
  onApi(api) {
    this.context.recents.remember(api)
  }

  /** Called by the selection with the element asked for as `id`: a short id gets its full address. */
  onDetails(id, details) {
    if (details.id && details.id !== id) {
      this.set({ id: details.id })
      this.#keepAddress(details.id)
    }
    const body = firstBody(details)
    if (body && !this.state.open.has(body.key)) this.selection.toggle(body.key, body.schema)
    this.speech.say(`${titleOf(details)}, ${kindName(details.kind)}`)
    if (this.wantsFocus) this.afterShow(() => document.getElementById('title')?.focus({ preventScroll: true }))
    this.wantsFocus = false
  }

  onKey(event) {
    const filter = filterOfKey(event)
    if (filter) this.search.filterBy(filter)
    return Boolean(filter)
  }

  title() {
    const { details, api, apiId, failure } = this.state
    const name = details?.apiTitle || api?.title || apiId
    if (failure) return `Not found · ${name} – ApiBlaze`
    if (!details || details.kind === 'api') return `${name} – ApiBlaze`
    return `${titleOf(details)} · ${name} – ApiBlaze`
  }

  view() {
    return apiView(this)
  }

  /** Leaves the API: the same search over all of them. */
  searchAll() {
    this.context.controller.go(this.search.text.trim() ? `/?q=${encodeURIComponent(this.search.text.trim())}` : '/')
  }

  /** Ways out of an answer without rows: other filters that have some, and all APIs. */
  escapes() {
    const { totals } = this.search.answered ?? {}
    const list = FILTERS.filter((filter) => totalOf(totals, filter) > 0).map((filter) => ({
      name: `${formatCount(totalOf(totals, filter))} in ${FILTER_NAMES[filter]}`, onChoose: () => this.search.filterBy(filter),
    }))
    return [...list, { name: 'Search all APIs', onChoose: () => this.searchAll() }]
  }

  /** Copies a text and says so for a moment on the button named `what`. */
  async copy(what, text) {
    if (!(await copyText(text))) return
    this.set({ copied: what })
    this.speech.say('Copied')
    setTimeout(() => this.set({ copied: null }), COPIED)
  }

  async #ask({ text, filter }) {
    const answer = await this.context.actions.apiElementsSearch.askLatest({ keyword: text, filter, api: this.state.apiId })
    return { groups: groupsInApi(answer, filter), ...answer }
  }

  #choose(row, { isNewTab }) {
    const address = addressOf(row.id, this.search)
    if (isNewTab) window.open(address, '_blank', 'noopener')
    else this.context.controller.go(address)
  }

  #onSearch() {
    if (!this.isActive) return // an answer to a page that was left: the address is no longer its own
    this.#keepAddress(this.state.id)
    if (this.search.isOpen && !this.search.isWaiting) this.speech.say(spokenResult(this.search))
    this.set({})
  }

  #keepAddress(id) {
    this.context.controller.rewrite(addressOf(id, this.search))
  }
}
