// home-page.js - the start page: one search over all APIs.
import { element } from '../../framework/element.js'
import { Page } from '../../framework/page.js'
import { flame } from '../../components/icon/icon.js'
import { recentApis } from '../../components/recent-apis/recent-apis.js'
import { spokenResult } from '../../components/result-list/result-list.js'
import { focusSearch, searchBox } from '../../components/search-box/search-box.js'
import { topBar } from '../../components/top-bar/top-bar.js'
import { addressOf, searchOf, searchQuery } from '../../model/address.js'
import { groupsInAll } from '../../model/rows.js'
import { Search } from '../../model/search.js'
import { Speech } from '../../model/speech.js'

const APIS = 3 // rows: the elements below them are seen without scrolling
const ELEMENTS = 15
const QUESTIONS = [
  ['deployment', 'A Kubernetes deployment, as YAML'],
  ['imagePullSecrets', 'Where does imagePullSecrets go?'],
  ['create issue', 'What do I POST to create an issue?'],
  ['send sms', 'Which APIs send SMS?'],
]

export class HomePage extends Page {
  constructor(context) {
    super(context, { spoken: '' })
    this.search = new Search({
      ask: (query) => this.#ask(query),
      choose: (row, options) => this.#choose(row, options),
      change: () => this.#onSearch(),
    })
    this.speech = new Speech((spoken) => this.set({ spoken }))
  }

  enter(location) {
    this.search.restore({ ...searchOf(location), filter: 'everything' })
    this.search.open()
    this.afterShow(() => focusSearch(document))
  }

  leave() {
    super.leave()
    this.speech.stop()
  }

  /** The connection is back: the last query is asked again. */
  reconnected() {
    if (this.search.failure) this.search.run()
  }

  /** The catalogue has changed. */
  reload() {
    if (this.search.text) this.search.run()
  }

  title() {
    const text = this.search.text.trim()
    return text ? `${text} – ApiBlaze` : 'ApiBlaze: search every public API'
  }

  view() {
    return [
      topBar({ hasBrand: false, isOnline: this.context.connection.isOnline, onTheme: () => this.set({}) }),
      element('main', { class: 'start', id: 'main', tabindex: '-1' },
        element('h1', { class: 'start__brand' }, flame(), 'ApiBlaze'),
        element('p', { class: 'start__lead' }, 'Every object, property and endpoint of every API, while you type.'),
        searchBox({
          search: this.search, label: 'Search all APIs', placeholder: 'Search all APIs',
        }),
        element('div', { class: 'start__below' },
          recentApis({ apis: this.context.recents.list(), onForget: (id) => this.#forget(id) }),
          this.#questions())),
      element('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' }, this.state.spoken),
    ]
  }

  #questions() {
    return element('section', { 'aria-labelledby': 'questions' },
      element('h2', { class: 'start__title', id: 'questions' }, 'Try'),
      element('ul', { class: 'questions' }, QUESTIONS.map(([text, question]) => element('li', { key: text },
        element('button', { class: 'question', type: 'button', onClick: () => this.#try(text) },
          element('code', null, text), element('span', null, question))))))
  }

  #try(text) {
    focusSearch(document)
    this.search.type(text)
  }

  async #ask({ text }) {
    const { apiSearch, apiElementsSearch } = this.context.actions
    const [apis, answer] = await Promise.all([
      apiSearch.askLatest({ keyword: text, limit: APIS }),
      apiElementsSearch.askLatest({ keyword: text, limit: ELEMENTS }),
    ])
    return { groups: groupsInAll(apis, answer, text), ...answer }
  }

  // An API is entered with an empty field; an element takes the query along, to go on from there.
  #choose(row, { isNewTab }) {
    const address = row.kind === 'api' ? addressOf(row.id) : addressOf(row.id, { text: this.search.text.trim() })
    if (isNewTab) window.open(address, '_blank', 'noopener')
    else this.context.controller.go(address)
  }

  #forget(id) {
    this.context.recents.forget(id)
    this.set({})
  }

  #onSearch() {
    if (!this.isActive) return // an answer to a page that was left: the address is no longer its own
    this.context.controller.rewrite(`/${searchQuery({ text: this.search.text.trim() })}`)
    this.speech.say(this.search.isOpen && !this.search.isWaiting ? spokenResult(this.search) : '')
    this.set({})
  }
}
