// result-list.js - the popup below the search field: groups of rows, or what to do when there are none.
import { element } from '../../framework/element.js'
import { formatCount, kindName } from '../../model/kinds.js'
import { totalOf } from '../../model/rows.js'
import { optionId, resultRow } from './result-row.js'

/** `escapes`: [{ name, onChoose }], offered where nothing was found. */
export function resultList({ search, id, escapes = { isInApi: false, list: [] } }) {
  const { rows, answered, failure } = search
  const isEmpty = rows.length === 0
  return element('div', { class: 'popup', onMousedown: (event) => event.preventDefault() },
    search.isWaiting && element('div', { class: 'progress', role: 'presentation' }),
    element('div', { id, class: 'popup__rows', role: 'listbox', 'aria-label': 'Search results', hidden: isEmpty },
      groups(search, escapes.isInApi)),
    answered?.suggestion && element('p', { class: 'popup__note' }, 'Did you mean ',
      element('button', { class: 'button', type: 'button', onClick: () => search.type(answered.suggestion) }, answered.suggestion), '?'),
    failure && element('p', { class: 'popup__note' }, failure.message),
    isEmpty && answered && !failure && nothingFound(search, escapes.list),
    !isEmpty && foot(search))
}

function groups(search, isInApi) {
  let index = 0
  return search.groups.map((group) => {
    const title = `group-${group.kind}`
    return element('div', { class: 'group', role: 'group', key: group.kind, 'aria-labelledby': title },
      element('div', { class: 'group__title', role: 'presentation', id: title }, group.title,
        element('span', { class: 'group__count' }, formatCount(group.total))),
      group.rows.map((row) => option(search, row, index++, isInApi)))
  })
}

function option(search, row, index, isInApi) {
  return resultRow({
    row, isInApi, id: optionId(index), isActive: index === search.active,
    onPoint: () => index !== search.active && search.activate(index),
    onChoose: (event) => {
      search.activate(index)
      search.accept({ isNewTab: event.ctrlKey || event.metaKey || event.button === 1 })
    },
  })
}

const NOUNS = { everything: 'Nothing', object: 'No object', property: 'No property', endpoint: 'No endpoint' }

function nothingFound({ answered }, escapes) {
  return element('div', { class: 'popup__note' },
    element('p', null, `${NOUNS[answered.filter]} matches `, element('q', null, answered.text.trim()), '.'),
    escapes.length > 0 && element('div', { class: 'popup__escapes' },
      escapes.map(({ name, onChoose }) =>
        element('button', { class: 'button', type: 'button', key: name, onClick: onChoose }, name))))
}

function foot({ answered: { totals } }) {
  return element('div', { class: 'popup__foot', 'aria-hidden': 'true' },
    element('span', null, countLine(totals)),
    element('span', { class: 'popup__keys' },
      key('↑', '↓'), 'move', key('↵'), 'open', key('esc'), 'close'))
}

function key(...names) {
  return names.map((name) => element('kbd', null, name))
}

function countLine(totals) {
  return ['api', 'object', 'property', 'parameter', 'endpoint']
    .filter((kind) => totals[kind] > 0)
    .map((kind) => kindName(kind, totals[kind]))
    .join(' · ')
}

/** What a screen reader is told of an answer. */
export function spokenResult({ answered, failure, rows }) {
  if (failure) return failure.message
  if (!answered) return ''
  const total = answered.filter === 'everything' ? Object.values(answered.totals).reduce((sum, count) => sum + count, 0) : totalOf(answered.totals, answered.filter)
  if (rows.length === 0) return `${NOUNS[answered.filter]} matches ${answered.text.trim()}.`
  return `${formatCount(total)} ${total === 1 ? 'result' : 'results'}. ${countLine(answered.totals)}`
}
