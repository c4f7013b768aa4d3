// selection.js - the element that the API page shows: loads it, its API, and models opened inside it.
import { insideOf } from '../../components/field-tree/field-tree.js'

/** The first state of a selection. */
export const NOTHING = {
  id: null, apiId: null, api: null, details: null, words: [],
  failure: null, isWaiting: false,
  open: new Set(), models: {}, fieldFilter: '', tab: 0, colours: 0,
}

const WORDS = ['list', 'create', 'id', 'name', 'status', 'error'] // common to most APIs

export class Selection {
  #library
  #actions
  #page
  #language // label of the example's tab chosen last

  /** `page`: has state and set(). */
  constructor({ library, actions, page }) {
    this.#library = library
    this.#actions = actions
    this.#page = page
  }

  /** Shows the element `id` of the API `apiId`. What was shown stays until the new one is here. */
  async choose(id, apiId) {
    this.#page.set({ id, apiId, isWaiting: true, failure: null })
    this.#chooseApi(apiId)
    try {
      this.#show(id, this.#library.knownElement(id) ?? (await this.#library.element(id)))
    } catch (failure) {
      this.#fail(id, failure)
    }
  }

  /** Asks again for what failed. */
  retry() {
    const { id, apiId } = this.#page.state
    return this.choose(id, apiId)
  }

  /** Opens or closes a branch of a data model, or a text; the model of the object it names is loaded. */
  async toggle(key, field) {
    const open = new Set(this.#page.state.open)
    if (!open.delete(key)) open.add(key)
    this.#page.set({ open })
    if (!open.has(key) || !field?.typeId || field.fields?.length > 0) return
    this.#putModel(field.typeId, await this.#fieldsOf(field.typeId))
  }

  chooseTab(tab) {
    this.#language = this.#page.state.details.examples[tab].label
    this.#page.set({ tab })
  }

  async #fieldsOf(id) {
    try {
      return insideOf((await this.#library.element(id)).self)
    } catch {
      return [] // it says that nothing is described; opening it again asks again
    }
  }

  #putModel(id, fields) {
    this.#page.set({ models: { ...this.#page.state.models, [id]: fields } })
  }

  async #chooseApi(id) {
    if (this.#page.state.api?.id === id) return
    const known = this.#library.knownApi(id)
    this.#page.set({ api: known ?? null, words: [] })
    try {
      const api = known ?? (await this.#library.api(id))
      if (this.#page.state.apiId !== id) return
      this.#page.set({ api })
      this.#page.onApi(api)
      this.#findWords(id)
    } catch {
      // The element's own question fails as well, and tells.
    }
  }

  async #findWords(api) {
    const totals = await Promise.all(WORDS.map((word) => this.#totalOf(word, api)))
    if (this.#page.state.apiId !== api) return
    this.#page.set({ words: WORDS.map((word, place) => ({ word, total: totals[place] })).filter(({ total }) => total > 0) })
  }

  async #totalOf(keyword, api) {
    try {
      return (await this.#actions.apiElementsSearch.ask({ keyword, api, limit: 1 })).total
    } catch {
      return 0
    }
  }

  #show(id, details) {
    const { state, isActive } = this.#page
    if (!isActive || state.id !== id) return
    const isSame = state.details?.id === details.id
    const tab = details.examples?.findIndex(({ label }) => label === this.#language) ?? -1
    this.#page.set({
      details, failure: null, isWaiting: false, tab: Math.max(0, tab),
      ...(isSame ? {} : { open: new Set(), fieldFilter: '' }),
    })
    this.#page.onDetails(id, details)
  }

  #fail(id, failure) {
    if (this.#page.state.id === id) this.#page.set({ failure, isWaiting: false })
  }
}
