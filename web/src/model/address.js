// address.js - elements to page addresses and back. No DOM.
//
// An element's id is "<api>", "<api>/object/<name>", "<api>/object/<name>#<property.path>",
// "<api>/property/<name>", "<api>/endpoint/<method>/<path>" or "<api>/parameter/<in>/<name>"; an API's id may
// contain slashes. Its page is "/" + id, each part percent-encoded. "/api/" + id leads there, too, and is the address where
// the other one belongs to the server.
const KINDS = new Set(['object', 'property', 'endpoint', 'parameter'])
const READABLE = /%(?:3A|40|24|2C|3B|3D|2B)/g // : @ $ , ; = + are allowed in a path as they are
const TAKEN = /^(?:api|health|socket\.io)(?:\/|$)/

/** Characters of a query: 1,024 bytes of UTF-8, which the contract allows, hold 256 of any kind. */
export const MOST = 256

export const FILTERS = ['everything', 'object', 'property', 'endpoint', 'description']
const OPTIONS = ['lang', 'fmt', 'tier']

/** The page of the element `id`; with the search `{ text, filter }` and the choices `options` where they are given. */
export function addressOf(id, search, options) {
  const [path, fragment] = splitFragment(id)
  const parts = path.split('/').map(encodePart).join('/')
  return `${TAKEN.test(path) ? '/api/' : '/'}${parts}${searchQuery(search, options)}${fragment ? `#${encodePart(fragment)}` : ''}`
}

/** The search and the choices of an address as its query: "", or "?q=…&in=…&lang=…". */
export function searchQuery({ text = '', filter = 'everything' } = {}, options = {}) {
  const query = new URLSearchParams()
  if (text.trim()) query.set('q', text.trim())
  if (filter !== 'everything') query.set('in', filter)
  for (const name of OPTIONS) if (options[name]) query.set(name, options[name])
  return query.size ? `?${query}` : ''
}

/** The search that an address (a URL) keeps. */
export function searchOf({ searchParams }) {
  const filter = searchParams.get('in')
  return { text: (searchParams.get('q') ?? '').slice(0, MOST), filter: FILTERS.includes(filter) ? filter : 'everything' }
}

/** The choices that it keeps: { lang?, fmt?, tier? }. */
export function optionsOf({ searchParams }) {
  return Object.fromEntries(OPTIONS.filter((name) => searchParams.get(name)).map((name) => [name, searchParams.get(name)]))
}

/** The id of the element, and of its API, that an address (a URL) names. */
export function elementOf({ pathname, hash }) {
  const parts = pathname.slice(1).replace(/^api\/(?=.)/, '').split('/').map(decodePart)
  const kindAt = parts.findIndex((part, place) => place > 0 && place < parts.length - 1 && KINDS.has(part))
  const fragment = decodePart(hash.slice(1))
  if (kindAt < 0) {
    const api = parts.join('/').replace(/\/+$/, '')
    return { id: api, api }
  }
  const id = parts.join('/') + (fragment && parts[kindAt] === 'object' ? `#${fragment}` : '')
  return { id, api: parts.slice(0, kindAt).join('/') }
}

// Only an object's '#' begins a property; that of an endpoint's path belongs to its path.
function splitFragment(id) {
  const hash = /\/(?:endpoint|parameter)\//.test(id) ? -1 : id.indexOf('#')
  return hash < 0 ? [id, ''] : [id.slice(0, hash), id.slice(hash + 1)]
}

function encodePart(part) {
  return encodeURIComponent(part).replace(READABLE, decodeURIComponent)
}

function decodePart(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    return part // a lone '%' typed by hand
  }
}
