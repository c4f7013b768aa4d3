// selection.js - the element that the API page shows: loads it, its API, its uses, and models opened inside it.

/** The first state of a selection. */
export const NOTHING = {
  id: null, apiId: null, api: null, details: null, refs: null, source: null, methods: [], browsed: null,
  failure: null, strayed: null, isWaiting: false,
  open: new Set(), picks: {}, models: {}, more: {}, fieldFilter: '',
}

/** What is open at first, as [key, field]: the body that is sent or else comes back, and the first of alternatives. */
export function firstOpen({ bodies = [], self }) {
  const body = bodies.find(({ status }) => !status) ?? bodies.find(({ status }) => /^2/.test(status))
  const choices = self?.choices ?? []
  return [
    ...(body?.schema.typeId ? [[`${body.status ? `response ${body.status}` : 'request'} 0`, body.schema]] : []),
    ...choices.map(({ alternatives: [first] }, place) => [` choice ${place}/0`, first]),
  ]
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const MOST_REFS = 100
const FIRST_REFS = 8 // of each use

// What is told of each kind of element, in this order.
const USES = {
  object: ['endpoint', 'property', 'object', 'root', 'reach'],
  property: ['root', 'name', 'reach'],
  parameter: ['name'],
}

export class Selection {
  #library
  #page
  #opened = new Map() // id → what was open when it was left: going back finds it so

  /** `page`: has state, set(), onApi() and onDetails(). */
  constructor({ library, page }) {
    this.#library = library
    this.#page = page
  }

  /** Shows the element `id` of the API `apiId`. What was shown stays until the new one is here. */
  async choose(id, apiId) {
    this.#page.set({ id, apiId, isWaiting: true, failure: null, strayed: null })
    this.#chooseApi(apiId)
    try {
      this.#show(id, this.#library.known('elementDetails', { id }) ?? (await this.#library.ask('elementDetails', { id })))
    } catch (failure) {
      this.#fail(id, apiId, failure)
    }
  }

  /** Asks again for what failed, or may have changed. */
  retry() {
    const { id, apiId } = this.#page.state
    return this.choose(id, apiId)
  }

  /** Opens or closes a branch of a data model, or a text; the model of the object it names is loaded. */
  async toggle(key, field) {
    const open = new Set(this.#page.state.open)
    if (!open.delete(key)) open.add(key)
    this.#page.set({ open })
    const id = field?.typeId
    if (!open.has(key) || !id || field.fields?.length > 0) return
    await this.#put('models', id, async () => (await this.#library.ask('elementDetails', { id })).self, {})
  }

  /** Shows another one of several alternatives. */
  pick(key, place, field) {
    this.#page.set({ picks: { ...this.#page.state.picks, [key]: place } })
    if (!this.#page.state.open.has(`${key}/${place}`)) this.toggle(`${key}/${place}`, field)
  }

  /** Loads the fields behind those that are shown of a long model. */
  loadMore(key, question) {
    const before = this.#page.state.more[key] ?? []
    return this.#put('more', key, async () => [...before, ...(await this.#library.ask('elementDetails', question)).self.fields], before)
  }

  async loadSource() {
    const { id } = this.#page.state.details
    if (this.#page.state.source?.id === id) return
    let source
    try {
      source = await this.#library.ask('elementSource', { id })
    } catch (failure) {
      source = { id, failure }
    }
    if (this.#page.state.details.id === id) this.#page.set({ source })
  }

  /** Lists more of those who use the element in one way. */
  async loadRefs(use) {
    const { refs } = this.#page.state
    const { rows, id } = refs
    try {
      const more = await this.#library.ask('elementRefs', { id, uses: use, limit: MOST_REFS, offset: rows[use].length })
      if (this.#page.state.refs === refs) this.#page.set({ refs: { ...refs, rows: { ...rows, [use]: [...rows[use], ...more.refs] } } })
    } catch {
      // The button is still there.
    }
  }

  /** Lists the endpoints that have a tag; null: none any more. */
  async browse(name) {
    const { apiId } = this.#page.state
    this.#page.set({ browsed: name && { name, hits: [] } })
    if (!name) return
    try {
      const { hits, total } = await this.#library.ask('elementsSearch', { keyword: 'kind:endpoint', api: apiId, tag: name, limit: MOST_REFS })
      if (this.#page.state.browsed?.name === name) this.#page.set({ browsed: { name, hits, rest: total - hits.length } })
    } catch {
      this.#page.set({ browsed: null })
    }
  }

  async #put(name, key, load, otherwise) {
    let value = otherwise // what fails is asked for when it is opened again
    try {
      value = await load()
    } catch {
      // It says that nothing is described.
    }
    this.#page.set({ [name]: { ...this.#page.state[name], [key]: value } })
  }

  async #chooseApi(id) {
    if (this.#page.state.api?.id === id && this.#library.known('apiLoad', { id })) return
    try {
      const api = await this.#library.ask('apiLoad', { id })
      if (this.#page.state.apiId !== id) return
      this.#page.set({ api })
      this.#page.onApi(api)
    } catch {
      // The element's own question fails as well, and tells.
    }
  }

  #show(id, details) {
    const { state, isActive } = this.#page
    if (!isActive || state.id !== id) return
    const isSame = state.details?.id === details.id
    if (!isSame) this.#opened.set(state.details?.id, state.open)
    this.#page.set({
      details, failure: null, isWaiting: false,
      ...(isSame ? {} : { open: this.#opened.get(details.id) ?? new Set(), fieldFilter: '', refs: null, source: null, more: {}, picks: {}, browsed: null, methods: [] }),
    })
    this.#page.onDetails(id, details)
    this.#loadRest(details)
  }

  // What stands below, and comes a moment later.
  async #loadRest({ id, kind }) {
    try {
      const rest = kind === 'api' ? { methods: await this.#countMethods(id) } : USES[kind] ? { refs: await this.#firstRefs(id, kind) } : {}
      if (this.#page.state.details?.id === id) this.#page.set(rest)
    } catch {
      // The page goes without it.
    }
  }

  async #firstRefs(id, kind) {
    const answers = await Promise.all(USES[kind].map((use) => this.#library.ask('elementRefs', { id, uses: use, limit: FIRST_REFS })))
    return { id: answers[0].id, kind, totals: answers[0].totals, rows: Object.fromEntries(USES[kind].map((use, place) => [use, answers[place].refs])) }
  }

  async #countMethods(api) {
    const answers = await Promise.all(METHODS.map((method) => this.#library.ask('elementsSearch', { keyword: 'kind:endpoint', api, method, limit: 1 })))
    return METHODS.map((name, place) => ({ name, count: answers[place].totals.endpoint })).filter(({ count }) => count > 0)
  }

  // What is not there any more leads to what is nearest, in the same API: the address may be an old one.
  async #fail(id, apiId, failure) {
    const [nearest] = failure.nearest ?? []
    if (failure.code === 'not-found' && nearest?.startsWith(`${apiId}/`)) {
      try {
        const details = await this.#library.ask('elementDetails', { id: nearest })
        if (this.#page.state.id === id) this.#page.set({ strayed: failure })
        return this.#show(id, details)
      } catch {
        // Then it is said that nothing is there.
      }
    }
    if (this.#page.state.id === id) this.#page.set({ failure, isWaiting: false })
  }
}
