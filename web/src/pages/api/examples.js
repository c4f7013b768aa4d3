// examples.js - the element as code: which tab is shown, what was chosen for it, and the answer to that.
import { serverText } from '../../model/servers.js'

/** The first state of the examples. */
export const NO_EXAMPLES = { of: null, tab: null, tabs: [], format: undefined, tier: undefined, status: undefined, root: 0, roots: [], server: { at: 0, values: {} }, values: {}, secrets: {}, body: undefined, trial: {}, reply: null, hasFailed: false }

const KINDS = { object: 'payload', property: 'payload', endpoint: 'request', parameter: 'request' }
const FORMATS = [{ name: 'json', label: 'JSON' }, { name: 'yaml', label: 'YAML' }]
const BODIES = ['request', 'response']

export class Examples {
  #library
  #memory
  #page
  #languages = [{ name: 'curl', label: 'curl' }] // until the server has told all
  #turn = 0

  /** `page`: has state, set(), options and say(). */
  constructor({ library, memory, page }) {
    this.#library = library
    this.#memory = memory
    this.#page = page
  }

  /** An element is shown: its example, as it was chosen for the one before. */
  show(details) {
    const { lang, fmt, tier } = { ...this.#memory.get('code'), ...this.#page.options }
    const isPayload = KINDS[details.kind] === 'payload'
    const before = this.#page.state.example
    const isSame = before.of === details
    const tab = isPayload ? fmt : BODIES.includes(lang) && details.kind === 'parameter' ? undefined : lang
    this.#set({ ...(isSame ? before : NO_EXAMPLES), of: details, tab, format: fmt, tier, reply: KINDS[details.kind] ? before.reply : null })
    if (KINDS[details.kind]) this.#ask()
  }

  /** The reader's choice, as a part of the state: { tab }, { tier }, { root } … */
  choose(change) {
    const { of } = this.#page.state.example
    if (change.tab && KINDS[of.kind] === 'payload') change = { ...change, format: change.tab }
    this.#set(change)
    const kept = { ...this.#memory.get('code') }
    if (change.tab && KINDS[of.kind] === 'request') kept.lang = change.tab
    if (change.format) kept.fmt = change.format
    if (change.tier) kept.tier = change.tier
    this.#memory.set('code', kept)
    this.#page.chose(kept)
    this.#ask()
  }

  /** A value for a placeholder, a parameter or a secret; undefined takes it away. Secrets stay here. */
  give(name, value) {
    const { reply, values, secrets } = this.#page.state.example
    if (reply.variables.some((variable) => variable.name === name && variable.kind === 'secret')) return this.#set({ secrets: { ...secrets, [name]: value } })
    this.#set({ values: { ...values, [name]: value } })
    this.#ask()
  }

  /** Sends the request as it stands. */
  async send() {
    const { of, server, values, secrets, body } = this.#page.state.example
    this.#set({ trial: { isWaiting: true } })
    let trial
    try {
      trial = { reply: await this.#library.askOnce('elementTry', { id: of.id, server: serverText(of.servers, server) || undefined, values: { ...values, ...secrets }, body }) }
    } catch (failure) {
      trial = { failure }
    }
    if (this.#page.state.example.of.id === of.id) this.#set({ trial })
  }

  async #ask() {
    const turn = ++this.#turn
    const { of } = this.#page.state.example
    try {
      const found = await (KINDS[of.kind] === 'payload' || BODIES.includes(this.#page.state.example.tab) ? this.#payload() : this.#code())
      if (turn === this.#turn) this.#set({ ...found, hasFailed: false })
    } catch {
      if (turn === this.#turn) this.#set({ reply: null, hasFailed: true })
    }
  }

  async #code() {
    const { of, tab, tier, server, values, body } = this.#page.state.example
    const known = this.#languages.length > 1 && !this.#languages.some(({ name }) => name === tab)
    const reply = await this.#library.ask('elementCode', { id: of.id, language: known ? undefined : tab, tier, server: serverText(of.servers, server) || undefined, values, body })
    this.#languages = reply.languages
    const shown = this.#languages.find(({ name }) => name === tab) ?? this.#languages[0]
    return { reply, tab: shown.name, tabs: [...this.#languages, ...bodiesOf(of)] }
  }

  async #payload() {
    const { of, tab, format, tier, status, roots, root } = this.#page.state.example
    const isBody = BODIES.includes(tab)
    const { id, at, status: rootStatus } = roots[root] ?? { id: of.id }
    const reply = await this.#library.ask('elementExample', { id, at, format, tier, status: tab === 'response' ? status ?? statusOf(of) : rootStatus })
    return {
      reply, roots: roots.length ? roots : reply.roots, tab: isBody ? tab : reply.example.language,
      tabs: isBody ? [...this.#languages, ...bodiesOf(of)] : FORMATS,
    }
  }

  #set(change) {
    this.#page.set({ example: { ...this.#page.state.example, ...change } })
  }
}

const hasBody = ({ mediaType }) => Boolean(mediaType)

function bodiesOf({ kind, bodies = [] }) {
  if (kind !== 'endpoint') return []
  return BODIES.filter((name) => bodies.some((body) => hasBody(body) && Boolean(body.status) === (name === 'response'))).map((name) => ({ name, key: name }))
}

/** The statuses that have a body. */
export const statusesOf = ({ bodies = [] }) => [...new Set(bodies.filter((body) => body.status && hasBody(body)).map(({ status }) => status))]

const statusOf = (details) => statusesOf(details).find((status) => /^2/.test(status)) ?? statusesOf(details)[0]
