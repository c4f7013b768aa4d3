// rows.js - a search's answer as groups of rows, and the rows as one list to walk.
import { t } from './texts.js'

export const MOST_ROWS = 25 // more are not read: one types on
export const ROWS_A_GROUP = 5 // of Everything; three groups, headings and all, fit a laptop's screen
const APIS = 3 // the elements below them are seen without scrolling

/** The group that an element of `kind` is shown in: a parameter stands with the properties. */
const groupOf = (kind) => (kind === 'parameter' ? 'property' : kind)

/** How many rows of `filter` an answer tells of. */
export function totalOf(totals, filter) {
  if (!totals) return 0
  const { object = 0, property = 0, parameter = 0, endpoint = 0 } = totals
  if (filter === 'everything' || filter === 'description') return object + property + parameter + endpoint
  return filter === 'property' ? property + parameter : totals[filter] ?? 0
}

/** The answer of one API, or of a filter. A filter gives one group; Everything a group a kind, the one with the best hit
 * first, each ending in a row that leads to all of them where there are more. */
export function groupsInApi({ hits, totals }, filter) {
  const rows = hits.filter(({ kind }) => kind !== 'api').map(rowOf)
  if (filter !== 'everything') return [group(filter, rows, totalOf(totals, filter))].filter(hasRows)
  const kinds = [...new Set([...rows.map(({ kind }) => groupOf(kind)), 'object', 'property', 'endpoint'])]
  return kinds.map((kind) => withMore(group(kind, rows.filter((row) => groupOf(row.kind) === kind).slice(0, ROWS_A_GROUP), totalOf(totals, kind))))
    .filter(hasRows)
}

/** The answers of all APIs: the best APIs, and under them the best elements. */
export function groupsInAll(apis, { hits, totals }, text) {
  const known = new Map(apis.map((api) => [api.definition.id, apiRow(api, text)]))
  const named = hits.filter(({ kind }) => kind === 'api').map((hit) => ({ ...known.get(hit.id), ...rowOf(hit) }))
  for (const { id } of named) known.delete(id)
  const rows = [...named, ...known.values()].slice(0, APIS)
  return [
    group('api', rows, Math.max(totals.api ?? 0, rows.length)),
    group('all', hits.filter(({ kind }) => kind !== 'api').map(rowOf), totalOf(totals, 'everything')),
  ].filter(hasRows)
}

/** What to begin with: `queries` ({ text, about }) that find something, and elements that are known. */
export function groupsToBegin(queries, recent, favourites) {
  const rows = queries.map(({ text, about, kind }) => ({ kind: 'query', of: kind, name: text, summary: about }))
  return [group('query', rows), group('favourite', favourites.map(shelfRow)), group('recent', recent.map(shelfRow))].filter(hasRows)
}

const group = (kind, rows, total) => ({ kind, total, rows })
const hasRows = ({ rows }) => rows.length > 0

function withMore(shown) {
  const { kind, rows, total } = shown
  return total <= rows.length ? shown : { ...shown, rows: [...rows, { kind: 'more', filter: kind, name: t(`all-${kind}`, { count: total }) }] }
}

// The key stays while the row is turned to another version. Versions of APIs may all have the same name.
const rowOf = (hit) => ({ ...hit, key: `${hit.kind} ${hit.id}`, versions: isTold(hit.versions) ? hit.versions : undefined })
const isTold = (versions) => versions && new Set(versions.map(({ version }) => version)).size === versions.length
const shelfRow = ({ id, kind = 'api', title, version }) => ({ kind, id, key: id, name: title || id, summary: '', place: version })

function apiRow({ name, definition }, text) {
  const { id, summary, endpoints, objects } = definition
  return { kind: 'api', id, key: `api ${id}`, name, endpoints, objects, summary, ranges: rangesOf(name, text) }
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
