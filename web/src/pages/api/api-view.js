// api-view.js - what the API page shows: the bar with the search, the description, the code example.
import { element } from '../../framework/element.js'
import { apiOverview } from '../../components/api-overview/api-overview.js'
import { codePane } from '../../components/code-pane/code-pane.js'
import { description } from '../../components/description/description.js'
import { filterBar } from '../../components/filter-bar/filter-bar.js'
import { failureNotice } from '../../components/notice/notice.js'
import { focusSearch, searchBox } from '../../components/search-box/search-box.js'
import { topBar } from '../../components/top-bar/top-bar.js'
import { addressOf } from '../../model/address.js'
import { isHighlighterReady } from '../../model/highlight.js'
import { isSanitizerReady } from '../../model/sanitize.js'

const ALL_PLACES = 'all places'

export function apiView(page) {
  const { state } = page
  return [
    topBar({ isOnline: page.context.connection.isOnline, search: search(page), onTheme: () => page.set({}) }),
    state.isWaiting && element('div', { class: 'progress progress--page', role: 'presentation' }),
    element('main', { class: 'columns', id: 'main', tabindex: '-1' },
      element('section', { class: 'columns__text', 'aria-label': 'Description' }, keptText(page)),
      element('section', { class: 'columns__code', 'aria-label': 'Code example' }, keptCode(page))),
    element('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' }, state.spoken),
  ]
}

function search(page) {
  const title = page.state.api?.title || page.state.apiId
  return searchBox({
    search: page.search,
    label: `Search in ${title}`,
    placeholder: 'Search this API',
    chip: { title, onRemove: () => page.searchAll() },
    filterBar: filterBar({ search: page.search }),
    escapes: { isInApi: true, list: page.escapes() },
  })
}

// The rows of the popup change with every key; what lies below it does not, and may be long.
function keptText(page) {
  const { api, apiId, details, failure, words, open, models, fieldFilter, copied } = page.state
  return page.keptText.of([api, apiId, details, failure, words, open, models, fieldFilter, copied, isSanitizerReady()], () => text(page))
}

function keptCode(page) {
  const { details, failure, tab, copied, colours } = page.state
  return page.keptCode.of([details, failure, tab, copied, colours, isHighlighterReady()], () => code(page))
}

function text(page) {
  const { details, failure, apiId } = page.state
  if (failure) return failed(page)
  if (!details) return null
  return details.kind === 'api' || details.id === apiId ? overview(page) : chosen(page)
}

function failed(page) {
  const { failure } = page.state
  const isMissing = failure.code === 'not-found'
  return failureNotice({
    title: isMissing ? 'There is no such element' : 'This could not be loaded',
    message: failure.message, nearest: failure.nearest,
    addressOf,
    onRetry: isMissing ? null : () => page.selection.retry(),
  })
}

function overview(page) {
  const { api, details, words, open } = page.state
  if (!api) return null
  return apiOverview({
    api, details, words, tree: treeOf(page), isOpen: open.has(ALL_PLACES), onOpen: () => page.selection.toggle(ALL_PLACES),
    onWord: (word) => {
      focusSearch(document)
      page.search.type(word)
    },
  })
}

function chosen(page) {
  const { details, open, fieldFilter, copied } = page.state
  return description({
    details, tree: treeOf(page), filter: fieldFilter, onFilter: (filter) => page.set({ fieldFilter: filter }),
    isOpen: open.has(ALL_PLACES), onOpen: () => page.selection.toggle(ALL_PLACES),
    isLinkCopied: copied === 'link',
    onLink: () => page.copy('link', new URL(addressOf(details.id), window.location.href).href),
  })
}

function treeOf(page) {
  return {
    open: page.state.open,
    modelOf: (id) => page.state.models[id],
    onToggle: (key, field) => page.selection.toggle(key, field),
    addressOf: (id) => addressOf(id),
  }
}

function code(page) {
  const { details, failure, tab, copied } = page.state
  if (failure || !details) return null
  if (!details.examples?.length) return hints(details.kind)
  return codePane({
    id: details.id, examples: details.examples, current: tab, isCopied: copied === 'code',
    onTab: (place) => page.selection.chooseTab(place),
    onCopy: (example) => page.copy('code', example),
    onReady: () => page.set({ colours: page.state.colours + 1 }),
  })
}

const KEYS = [['/', 'search'], ['↑ ↓', 'move'], ['↵', 'open'], ['esc', 'close, clear'], ['alt 1…4', 'filter'], ['⌫', 'leave the API']]

function hints(kind) {
  return element('div', { class: 'hints' },
    element('h2', null, kind === 'api' ? 'Examples appear here' : 'There is no example'),
    element('p', null, kind === 'api' ? 'Choose an object, a property or an endpoint.' : 'The specification does not tell enough for one.'),
    element('dl', { class: 'hints__keys' }, KEYS.map(([key, name]) => element('div', { key },
      element('dt', null, key.split(' ').map((part) => element('kbd', null, part))), element('dd', null, name)))))
}
