// api-view.js - what the API page shows below its bar: the description, the code.
import { element } from '../../framework/element.js'
import { apiOverview } from '../../components/api-overview/api-overview.js'
import { codeForm, select } from '../../components/code-form/code-form.js'
import { codePane } from '../../components/code-pane/code-pane.js'
import { description } from '../../components/description/description.js'
import { failureNotice, strayNote } from '../../components/notice/notice.js'
import { segments } from '../../components/part/part.js'
import { sourcePart } from '../../components/source/source.js'
import { trialPane } from '../../components/trial/trial.js'
import { addressOf } from '../../model/address.js'
import { isSanitizerReady } from '../../model/sanitize.js'
import { language, listOf, t } from '../../model/texts.js'
import { statusesOf } from './examples.js'

export function apiMain(page) {
  return element('main', { class: 'columns', id: 'main', tabindex: '-1' },
    element('section', { class: 'columns__text', 'aria-label': t('description') }, keptText(page)),
    element('section', { class: 'columns__code', 'aria-label': t('example') }, keptCode(page)))
}

// The rows of the popup change with every key; what lies below it does not, and may be long.
function keptText(page) {
  const { api, details, refs, source, methods, browsed, failure, strayed, open, picks, models, more, fieldFilter } = page.state
  const isFavourite = page.context.favourites.has(details?.id)
  return page.keptText.of([api, details, refs, source, methods, browsed, failure, strayed, open, picks, models, more, fieldFilter, isFavourite, isSanitizerReady(), language()], () => text(page))
}

function keptCode(page) {
  const { example, failure } = page.state
  return page.keptCode.of([example, failure, page.context.server.canTry, language()], () => code(page))
}

function text(page) {
  const { details, failure, strayed, source } = page.state
  if (failure) return failed(page)
  if (!details) return null
  const { kind } = details
  return [
    strayed && strayNote({ id: page.state.id, nearest: strayed.nearest }),
    kind === 'api' ? overview(page) : chosen(page),
    kind !== 'api' && sourcePart({ source: source?.id === details.id ? source : null, onOpen: () => page.selection.loadSource() }),
  ]
}

function failed(page) {
  const { failure } = page.state
  const isMissing = failure.code === 'not-found'
  return failureNotice({ failure, isMissing, onRetry: isMissing ? null : () => page.selection.retry() })
}

function overview(page) {
  const { api, details, methods, browsed, open } = page.state
  return api?.id === details.id && apiOverview({
    api, details, methods, browsed, open, tools: toolsOf(page), onBrowse: (name) => page.selection.browse(name), onOpen: (list) => page.selection.toggle(list),
  })
}

function chosen(page) {
  const { details, refs, fieldFilter } = page.state
  return description({
    details, refs, tree: treeOf(page), tools: toolsOf(page), filter: fieldFilter, onFilter: (filter) => page.set({ fieldFilter: filter }),
    onRefs: (use) => page.selection.loadRefs(use),
  })
}

const urlOf = (id) => new URL(addressOf(id), window.location.href).href

// What can be done with the element as a whole.
function toolsOf(page) {
  const { id, kind, title, name, method } = page.state.details
  const { favourites } = page.context
  return {
    isFavourite: favourites.has(id),
    onFavourite: () => {
      if (favourites.has(id)) favourites.remove(id)
      else favourites.put({ id, kind, title: title || name, method })
      page.set({})
    },
    url: urlOf(id), markdownUrl: `/api/v1/elements${addressOf(id).replace('#', '%23')}?format=markdown`,
  }
}

function treeOf({ state, selection }) {
  return {
    urlOf, open: state.open,
    modelOf: (id) => state.models[id],
    pickOf: (key) => state.picks[key],
    moreOf: (key) => state.more[key],
    onToggle: (key, field) => selection.toggle(key, field),
    onPick: (key, place, field) => selection.pick(key, place, field),
    onMore: (key, question) => selection.loadMore(key, question),
  }
}

function code(page) {
  const { example, failure } = page.state
  const { of, tab, tabs, reply, hasFailed } = example
  if (failure || !of) return null
  if (of.kind === 'api' || hasFailed) return hints(of.kind)
  if (!reply) return null
  return codePane({
    id: of.id, current: tab, tabs: tabs.map(({ name, label, key }) => ({ name, label: label ?? t(key) })),
    example: reply.example, options: reply.languages ? form(page) : options(page), below: reply.languages && page.context.server.canTry && trial(page),
    onTab: (name) => page.examples.choose({ tab: name }),
  })
}

function form({ state: { example }, examples, context }) {
  const { of, server, values, secrets, reply } = example
  return [reply.body && element('div', { class: 'code__options' }, tierChoice(example, examples)), codeForm({
    servers: of.servers, server, values, parameters: of.parameters, variables: reply.variables, secrets: context.server.canTry && secrets,
    onServer: (each) => examples.choose({ server: each }), onValue: (name, value) => examples.give(name, value),
  })]
}

function trial({ state: { example }, examples }) {
  const { reply, body, trial: sent } = example
  return trialPane({ body: body ?? reply.body, trial: sent, onBody: (text) => examples.choose({ body: text }), onSend: () => examples.send() })
}

const TIERS = ['minimal', 'useful', 'full']

// A body that was typed gives way to the sample.
function tierChoice({ tier = 'useful' }, examples) {
  return segments({ name: 'tier', label: t('tier'), value: tier, choices: TIERS.map((each) => [each, t(`tier-${each}`)]), onChoose: (value) => examples.choose({ tier: value, body: undefined }) })
}

function options({ state: { example }, examples }) {
  const { of, tab, status, roots, root, reply } = example
  if (!reply.roots) return null
  const isBody = tab === 'request' || tab === 'response'
  const { language: format } = reply.example
  return element('div', { class: 'code__options' },
    isBody && (format === 'json' || format === 'yaml') && segments({ name: 'format', label: t('format'), value: format, choices: [['json', 'JSON'], ['yaml', 'YAML']], onChoose: (value) => examples.choose({ format: value }) }),
    tierChoice(example, examples),
    roots.length > 1 && select(t('in-root'), roots.map(({ name, at }, place) => [place, `${name}.${at}`]), root, (value) => examples.choose({ root: Number(value) })),
    tab === 'response' && statusesOf(of).length > 1 && select(t('status'), statusesOf(of).map((each) => [each, each]), reply.status ?? status, (value) => examples.choose({ status: value })),
    reply.faults.map((fault) => element('p', { class: 'fault', key: fault }, fault)))
}

function hints(kind) {
  const isApi = kind === 'api'
  return element('div', { class: 'hints' },
    element('h2', null, t(isApi ? 'examples-here' : 'no-example')),
    element('p', null, t(isApi ? 'examples-here-long' : 'no-example-long')),
    element('dl', { class: 'hints__keys' }, listOf('hints').map(([keys, name]) => element('div', { key: keys },
      element('dt', null, keys.split(' ').map((key) => element('kbd', null, key))), element('dd', null, name)))))
}
