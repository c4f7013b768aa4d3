// result-row.js - one row of the popup: its name, where it lives, what it says, what it is.
import { element } from '../../framework/element.js'
import { kindName } from '../../model/kinds.js'
import { formatCount, t } from '../../model/texts.js'
import { flagBadges, kindBadge } from '../kind-badge/kind-badge.js'
import { markedText, nameText } from '../name-text/name-text.js'
import { shiftRanges, splitName } from '../../model/names.js'

/** The id of the row at `index`, for aria-activedescendant. */
export const optionId = (index) => `hit-${index}`

/** `row`: see rows.js. `isInApi`: the search is bound to one API, whose name needs no repeating. `onTurn`: to the next
 * version of an object. */
export function resultRow({ row, id, isActive, isInApi, onPoint, onTurn, onChoose }) {
  const { prefix, short } = row.kind === 'object' ? splitName(row.name) : { prefix: '', short: row.name }
  const flags = flagsOf(row)
  return element('div', {
    id, class: `row row--${row.kind}${isActive ? ' row--active' : ''}`, role: 'option', 'aria-selected': String(isActive),
    key: row.key ?? row.name, onMousemove: onPoint, onClick: onChoose, onAuxclick: onChoose, use: isActive ? showRow : null,
  },
  element('div', { class: 'row__line' },
    element('span', { class: 'row__name' }, nameText(short, shiftRanges(row.ranges, prefix.length))),
    row.versions && versions(row, onTurn),
    row.value && element('span', { class: 'row__value' }, '= ', element('mark', null, row.value)),
    row.type && row.kind !== 'object' && element('span', { class: 'row__type' }, nameText(row.type)),
    element('span', { class: 'row__place' }, place(row, prefix, isInApi))),
  (row.summary || flags.length > 0) && element('div', { class: 'row__line' },
    element('span', { class: 'row__summary' }, markedText(row.summary, row.summaryRanges)), flagBadges(flags)),
  row.kind !== 'more' && kindBadge({ ...row, kind: row.of ?? row.kind }))
}

// A row that stands for many tells the flags of one of them only.
function flagsOf({ kind, id, flags, count, versions: all }) {
  const version = all?.find((each) => each.id === id)?.version ?? (kind === 'object' && id)
  const stage = /\d(alpha|beta)\d*\b/.exec(version || '')?.[1]
  return [...(count === 1 ? flags : []), ...(stage ? [stage] : [])]
}

function versions({ id, versions: all }, onTurn) {
  const most = 4
  const at = all.findIndex((each) => each.id === id)
  return element('span', { class: 'row__versions', title: t('turn'), onClick: onTurn },
    all.slice(0, Math.max(most, at + 1)).map((each) => element(each.id === id ? 'b' : 'span', { key: each.id }, each.version)),
    all.length > most && element('span', null, `+${formatCount(all.length - Math.max(most, at + 1))}`))
}

function showRow(target) {
  target.scrollIntoView({ block: 'nearest' })
}

function place(row, prefix, isInApi) {
  const parts = row.place ? [row.place] : row.kind === 'api' ? apiPlace(row) : [!isInApi && inApis(row), ownPlace(row, prefix)]
  return parts.filter(Boolean).join(' · ')
}

const apiPlace = ({ id, endpoints, objects }) => [id, endpoints !== undefined && `${kindName('endpoint', endpoints)}, ${kindName('object', objects)}`]

function ownPlace({ kind, id, owner, ownerCount, operationId, path }, prefix) {
  if (path) return path
  if (kind === 'object') return prefix.slice(0, -1)
  if (kind === 'endpoint') return operationId
  if (kind === 'parameter' && ownerCount > 1) return t('in-endpoints', { place: parameterPlace(id), count: ownerCount })
  if (!owner) return ''
  return t('in-owner', { owner: kind === 'property' ? splitName(owner).short : owner }) + others(ownerCount - 1)
}

const others = (count) => (count > 0 ? ` +${formatCount(count)}` : '')

// "x/parameter/query/limit" or "x/endpoint/get/things?query.limit"
const parameterPlace = (id) => /(?:\/parameter\/|\?)(\w+)[/.][^/]*$/.exec(id)?.[1]

function inApis({ apiTitle, api, apiCount }) {
  return (apiTitle || api) + (apiCount > 1 ? ` ${t('more-apis', { count: apiCount - 1 })}` : '')
}
