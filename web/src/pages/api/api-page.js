// api-page.js - one API: search, description, code example.
import { Kept } from '../../framework/element.js'
import { focusSearch } from '../../components/search-box/search-box.js'
import { addressOf, elementOf, optionsOf, searchOf } from '../../model/address.js'
import { kindName } from '../../model/kinds.js'
import { titleOf } from '../../model/names.js'
import { loadSanitizer } from '../../model/sanitize.js'
import { t } from '../../model/texts.js'
import { SearchPage } from '../search-page.js'
import { apiMain } from './api-view.js'
import { Examples, NO_EXAMPLES } from './examples.js'
import { NOTHING, Selection, firstOpen } from './selection.js'

export class ApiPage extends SearchPage {
  constructor(context) {
    super(context, { ...NOTHING, example: NO_EXAMPLES })
    this.selection = new Selection({ library: context.library, page: this })
    this.examples = new Examples({ library: context.library, memory: context.memory, page: this })
    this.keptText = new Kept()
    this.keptCode = new Kept()
    // After the first paint: what descriptions need to show their markup.
    requestAnimationFrame(() => setTimeout(async () => {
      await loadSanitizer()
      this.set({})
    }))
  }

  enter(location, how) {
    const { id, api } = elementOf(location)
    const isNew = id !== this.state.id
    this.arrival = how
    this.options = { ...this.options, ...optionsOf(location) }
    if (how === 'link' && api === this.state.apiId) this.search.close() // the search goes along
    else this.search.restore({ scope: this.#scopeOf(api), ...searchOf(location) })
    if (isNew) this.selection.choose(id, api)
    else this.#arrive()
    if (how === 'link') this.keepAddress(id)
    if (how === 'start' && id === api) {
      if (this.search.text) this.search.open()
      this.afterShow(() => focusSearch(document))
    }
  }

  reconnected() {
    super.reconnected()
    if (this.state.failure) this.selection.retry()
  }

  reload() {
    super.reload()
    this.selection.retry()
  }

  /** Called by the selection with the API that is shown. */
  onApi(api) {
    const { id, title, version } = api
    this.search.scope = { id, title: title || id }
    this.context.recents.put({ id, title, version })
  }

  /** Called by the selection with the element asked for as `id`: a short id gets its full address. */
  onDetails(id, details) {
    if (details.id && details.id !== id && !this.state.strayed) {
      this.set({ id: details.id })
      this.keepAddress()
    }
    this.examples.show(details)
    for (const [key, field] of firstOpen(details)) if (!this.state.open.has(key)) this.selection.toggle(key, field)
    this.speech.say(`${titleOf(details)}, ${kindName(details.kind)}`)
    this.#arrive()
  }

  onLetter(key) {
    const { details } = this.state
    const letters = {
      c: () => document.getElementById('copy-code')?.click(),
      l: () => document.getElementById('copy-link')?.click(),
      y: () => this.examples.choose({ format: 'yaml', tab: this.#payloadTab('yaml') }),
      j: () => this.examples.choose({ format: 'json', tab: this.#payloadTab('json') }),
      u: () => showPart(t('use-endpoint'), t('use-property'), t('use-root'), t('use-name'), t('use-parameter')),
      '[': () => this.search.step(-1, details?.id),
      ']': () => this.search.step(1, details?.id),
    }
    if (!letters[key]) return super.onLetter(key)
    letters[key]()
    return true
  }

  address() {
    return addressOf(this.state.id, this.search, this.options)
  }

  title() {
    const { details, api, apiId, failure, strayed } = this.state
    const name = details?.apiTitle || api?.title || apiId
    if (failure || strayed) return `${t('missing')} · ${name} – ApiBlaze`
    if (!details || details.kind === 'api') return `${name} – ApiBlaze`
    return `${titleOf(details)} · ${name} – ApiBlaze`
  }

  main() {
    return apiMain(this)
  }

  /** Called by the examples with what the reader chose: the address keeps it. */
  chose(options) {
    this.options = { ...this.options, ...options }
    this.keepAddress()
  }

  // The tab that shows a payload in a format.
  #payloadTab(format) {
    const { tabs, tab } = this.state.example
    return tabs.some(({ name }) => name === format) ? format : tabs.find(({ name }) => name === 'request' || name === 'response')?.name ?? tab
  }

  // What was asked for is seen: a reader who followed a link goes on from its title, one who went back from where he was.
  #arrive() {
    const how = this.arrival
    this.arrival = null
    if (how) {
      this.afterShow(() => {
        this.context.controller.restoreScroll()
        if (how === 'link') document.getElementById('title')?.focus({ preventScroll: true })
      })
    }
  }

  #scopeOf(id) {
    return { id, title: this.context.library.known('apiLoad', { id })?.title || id }
  }
}

// Brings the first part of one of these titles into view.
function showPart(...titles) {
  const heading = [...document.querySelectorAll('.part > h2')].find(({ firstChild }) => titles.includes(firstChild.data))
  heading?.focus()
  heading?.scrollIntoView({ block: 'center' })
}
