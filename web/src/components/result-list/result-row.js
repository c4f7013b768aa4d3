// result-row.js - one row of the popup: what it is, its name, where it lives, what it says.
import { element } from '../../framework/element.js'
import { formatCount, kindName } from '../../model/kinds.js'
import { flagBadges, kindBadge } from '../kind-badge/kind-badge.js'
import { markedText, nameText, shiftRanges, splitName } from '../name-text/name-text.js'

/** The id of the row at `index`, for aria-activedescendant. */
export function optionId(index) {
  return `hit-${index}`
}

/** `row`: a hit or an API. `isInApi`: the search is bound to one API, whose name needs no repeating. */
export function resultRow({ row, id, isActive, isInApi, onPoint, onChoose }) {
  const { prefix, short } = row.kind === 'object' ? splitName(row.name) : { prefix: '', short: row.name }
  return element('div', {
    id, class: `row row--${row.kind}${isActive ? ' row--active' : ''}`, role: 'option', 'aria-selected': String(isActive),
    key: `${row.kind} ${row.id}`, onMousemove: onPoint, onClick: onChoose, onAuxclick: onChoose, use: isActive ? showRow : null,
  },
  element('div', { class: 'row__line' },
    element('span', { class: 'row__name' }, nameText(short, shiftRanges(row.ranges, prefix.length))),
    row.type && row.kind !== 'object' && element('span', { class: 'row__type' }, nameText(row.type)),
    element('span', { class: 'row__place' }, place(row, prefix, isInApi))),
  row.kind !== 'more' && kindBadge(row),
  (row.summary || hasFlags(row)) && element('div', { class: 'row__line' },
    element('span', { class: 'row__summary' }, markedText(row.summary, row.summaryRanges)), hasFlags(row) && flagBadges(row.flags)))
}

// A row that stands for many tells the flags of one of them only.
function hasFlags({ flags, count }) {
  return count === 1 && flags.length > 0
}

function showRow(target) {
  target.scrollIntoView({ block: 'nearest' })
}

function place(row, prefix, isInApi) {
  const parts = row.kind === 'api' ? apiPlace(row) : [!isInApi && inApis(row), ownPlace(row, prefix)]
  return parts.filter(Boolean).join(' · ')
}

function apiPlace({ id, endpoints, objects }) {
  return [id, `${kindName('endpoint', endpoints)}, ${kindName('object', objects)}`]
}

function ownPlace({ kind, owner, ownerCount, operationId, path }, prefix) {
  if (path) return path
  if (kind === 'object') return prefix.slice(0, -1)
  if (kind === 'endpoint') return operationId
  if (!owner) return ''
  const others = ownerCount > 1 ? ` +${formatCount(ownerCount - 1)}` : ''
  return `in ${kind === 'property' ? shortOwner(owner) : owner}${others}`
}

// "io.k8s.api.core.v1.PodSpec" → "PodSpec"; the full name is on the page it leads to.
function shortOwner(owner) {
  return splitName(owner).short
}

function inApis({ apiTitle, api, apiCount }) {
  const others = apiCount > 1 ? ` +${formatCount(apiCount - 1)} APIs` : ''
  return `${apiTitle || api}${others}`
}
