// home-page.js - the start page: one search over all APIs.
import { element } from '../../framework/element.js'
import { shelf } from '../../components/shelf/shelf.js'
import { focusSearch } from '../../components/search-box/search-box.js'
import { searchOf, searchQuery } from '../../model/address.js'
import { listOf, t } from '../../model/texts.js'
import { SearchPage } from '../search-page.js'

const BEST = 8 // two rows of buttons
const ASKED = 60 // of which one a provider is shown

export class HomePage extends SearchPage {
  isStart = true

  constructor(context) {
    super(context, { best: [] })
    this.#loadBest()
  }

  enter(location) {
    this.search.restore({ scope: null, ...searchOf(location) })
    if (this.search.text) this.search.open()
    this.afterShow(() => {
      focusSearch(document)
      this.context.controller.restoreScroll()
    })
  }

  reload() {
    super.reload()
    this.#loadBest()
  }

  address() {
    return `/${searchQuery(this.search)}`
  }

  title() {
    const text = this.search.text.trim()
    return text ? `${text} – ApiBlaze` : t('title')
  }

  main() {
    const { favourites, recents, server } = this.context
    const forget = (list) => (id) => {
      list.remove(id)
      this.set({})
    }
    return element('main', { class: 'start', id: 'main', tabindex: '-1' },
      element('h1', { class: 'unseen' }, t('title')),
      shelf({ name: 'favourite', items: favourites.list(), onForget: forget(favourites) }),
      shelf({ name: 'recent', items: recents.list(), onForget: forget(recents) }),
      this.#questions(),
      shelf({ name: 'best', items: this.state.best }),
      server.counts && element('p', { class: 'start__counts' }, t('catalogue', server.counts)))
  }

  #questions() {
    return element('section', { key: 'questions', 'aria-labelledby': 'questions' },
      element('h2', { class: 'start__title', id: 'questions' }, t('group-query')),
      element('ul', { class: 'questions' }, listOf('questions').map(([text, question]) => element('li', { key: text },
        element('button', { class: 'question', type: 'button', onClick: () => this.#try(text) },
          element('code', null, text), element('span', null, question))))))
  }

  #try(text) {
    focusSearch(document)
    this.search.type(text)
  }

  // The best APIs of the catalogue, one a provider: what they are is seen, not how many one of them has.
  async #loadBest() {
    try {
      const { hits } = await this.context.library.ask('elementsSearch', { keyword: 'kind:api', filter: 'api', limit: ASKED })
      const providers = new Map(hits.toReversed().map((hit) => [hit.id.split('/')[0], hit]))
      const best = hits.filter((hit) => providers.get(hit.id.split('/')[0]) === hit).slice(0, BEST)
      this.set({ best: best.map(({ id, name }) => ({ id, title: name, version: id.split('/')[0] })) })
    } catch {
      // The page goes without them.
    }
  }
}
