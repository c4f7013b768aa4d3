// rows.js - a search's answer as groups of rows, and the rows as one list to walk.
import { kindName } from './kinds.js'

const ROWS_A_GROUP = 6; // of Everything; three groups of six, headings and all, fit a laptop's screen
const GROUP_TITLES = { object: 'Objects', property: 'Properties', endpoint: 'Endpoints', api: 'APIs' }

/** The group that an element of `kind` is shown in: a parameter stands with the properties. */
export function groupOf(kind) {
  return kind === 'parameter' ? 'property' : kind
}

/** How many rows of `filter` an answer tells of. */
export function totalOf(totals, filter) {
  if (!totals) return 0
  const property = (totals.property ?? 0) + (totals.parameter ?? 0)
  if (filter === 'property') return property
  if (filter === 'everything') return (totals.object ?? 0) + property + (totals.endpoint ?? 0)
  return totals[filter] ?? 0
}

/** The answer of one API. A filter gives one group; Everything gives a group a kind, the one with the best
 * hit first, each ending in a row that leads to all of them where there are more. */
export function groupsInApi({ hits, totals }, filter) {
  if (filter !== 'everything') return [group(filter, GROUP_TITLES[filter], hits, totalOf(totals, filter))]
  const kinds = [...new Set([...hits.map((hit) => groupOf(hit.kind)), 'object', 'property', 'endpoint'])]
  return kinds
    .map((kind) => {
      const rows = hits.filter((hit) => groupOf(hit.kind) === kind).slice(0, ROWS_A_GROUP)
      return withMore(group(kind, GROUP_TITLES[kind], rows, totalOf(totals, kind)), kind)
    })
    .filter(({ rows }) => rows.length > 0)
}

/** The answers of all APIs: the best APIs, and under them the best elements. */
export function groupsInAll(apis, { hits, totals }, text) {
  const apiRows = apis.map((api) => apiRow(api, text))
  const elements = hits.filter((hit) => hit.kind !== 'api')
  return [
    group('api', 'APIs', apiRows, Math.max(totals.api ?? 0, apiRows.length)),
    group('all', 'In all APIs', elements, totalOf(totals, 'everything')),
  ].filter(({ rows }) => rows.length > 0)
}

function group(kind, title, rows, total) {
  return { kind, title, total, rows }
}

function withMore(shown, filter) {
  const { rows, total } = shown
  if (total <= rows.length) return shown
  const name = `All ${filter === 'property' ? `${kindName('property', total)} and parameters` : kindName(filter, total)}`
  return { ...shown, rows: [...rows, { kind: 'more', id: `more ${filter}`, filter, name }] }
}

function apiRow({ name, definition }, text) {
  const { id, summary, endpoints, objects } = definition
  return { kind: 'api', id, name, endpoints, objects, summary, ranges: rangesOf(name, text) }
}

// The answer of app:api-search-action does not tell where it matched.
function rangesOf(name, text) {
  const start = name.toLowerCase().indexOf(text.toLowerCase())
  return start < 0 || !text ? [] : [[start, start + text.length]]
}

/** All rows of `groups`, in the order in which the arrow keys walk them. */
export function rowsOf(groups) {
  return groups.flatMap(({ rows }) => rows)
}
