// result-list.js - the popup below the search field: groups of rows, or what to do when there are none.
import { element } from '../../framework/element.js'
import { kindName } from '../../model/kinds.js'
import { totalOf } from '../../model/rows.js'
import { formatCount, listOf, said, t } from '../../model/texts.js'
import { optionId, resultRow } from './result-row.js'

/** `ways`: [{ name, key, onChoose }], out of an answer without rows. */
export function resultList({ search, id, ways }) {
  const { rows, answered, failure } = search
  const isEmpty = rows.length === 0
  return element('div', { class: 'popup', onMousedown: (event) => event.preventDefault() },
    search.isWaiting && element('div', { class: 'progress', role: 'presentation' }),
    element('div', { id, class: 'popup__rows', role: 'listbox', 'aria-label': t('results'), hidden: isEmpty }, groups(search)),
    answered?.suggestion && element('p', { class: 'popup__note' }, t('did-you-mean', {
      word: element('button', { class: 'button', type: 'button', onClick: () => search.type(answered.suggestion) }, answered.suggestion),
    })),
    failure && element('p', { class: 'popup__note' }, failureText(failure)),
    isEmpty && answered?.text && !failure && nothingFound(answered, ways),
    foot(search))
}

/** What went wrong, in the reader's language where its code is known. */
export const failureText = ({ code, message }) => (listOf('failures')[code] ?? said(message))

function groups(search) {
  let index = 0
  return search.groups.map(({ kind, total, rows }) => {
    const title = `group-${kind}`
    return element('div', { class: 'group', role: 'group', key: kind, 'aria-labelledby': title },
      element('div', { class: 'group__title', role: 'presentation', id: title }, t(title),
        total > 0 && element('span', { class: 'group__count' }, formatCount(total))),
      rows.map((row) => option(search, row, index++)))
  })
}

function option(search, row, index) {
  return resultRow({
    row, isInApi: search.scope, id: optionId(index), isActive: index === search.active,
    onPoint: () => index !== search.active && search.activate(index),
    onTurn: (event) => {
      event.stopPropagation()
      search.turn(row)
    },
    onChoose: (event) => {
      search.activate(index)
      search.accept({ isNewTab: event.ctrlKey || event.metaKey || event.button === 1 })
    },
  })
}

function nothingFound({ text, filter }, ways) {
  return element('div', { class: 'popup__note' },
    element('p', null, t(`nothing-${filter}`, { text: element('q', null, text.trim()) })),
    element('div', { class: 'popup__ways' }, ways.map(({ name, key, onChoose }) =>
      element('button', { class: 'button', type: 'button', key: name, onClick: onChoose }, name, key && element('kbd', null, key)))))
}

// The signs narrow a search without the mouse; with it they are put before what is typed.
function foot(search) {
  const { answered } = search
  return element('div', { class: 'popup__foot', 'aria-hidden': 'true' },
    answered?.text ? element('span', null, countLine(answered.totals)) : element('span', { class: 'sigils' }, listOf('signs').map(([sign, name]) =>
      element('span', { class: 'sigil', key: sign, onClick: () => search.type(sign) }, element('kbd', null, sign), name))),
    element('span', { class: 'popup__keys' }, listOf('popup-keys').map(([keys, name]) => [keys.split(' ').map((key) => element('kbd', null, key)), name])))
}

function countLine(totals) {
  return ['api', 'object', 'property', 'parameter', 'endpoint']
    .filter((kind) => totals[kind] > 0)
    .map((kind) => kindName(kind, totals[kind]))
    .join(' · ')
}

/** What a screen reader is told of an answer. */
export function spokenResult({ answered, failure, rows }) {
  if (failure) return failureText(failure)
  if (!answered?.text) return ''
  if (rows.length === 0) return t(`nothing-${answered.filter}`, { text: answered.text.trim() })
  return `${t('count-result', { count: totalOf(answered.totals, answered.filter) })}. ${countLine(answered.totals)}`
}
