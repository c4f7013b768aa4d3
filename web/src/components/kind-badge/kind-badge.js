// kind-badge.js - what an element is, in a word and a colour.
import { element } from '../../framework/element.js'

const WORDS = { api: 'API', object: 'object', property: 'property', parameter: 'param' }

/** An endpoint is told by its method, where that is given. */
export function kindBadge({ kind, method }) {
  return element('span', { class: `badge badge--${method?.toLowerCase() ?? kind}` }, method?.toUpperCase() ?? WORDS[kind] ?? kind)
}

const FLAG_WORDS = { readOnly: 'read-only', writeOnly: 'write-only' }

/** required, deprecated, … as small words. */
export function flagBadges(flags = []) {
  return flags.map((flag) => element('span', { class: `flag flag--${flag}`, key: flag }, FLAG_WORDS[flag] ?? flag))
}
