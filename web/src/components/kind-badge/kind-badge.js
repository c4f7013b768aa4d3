// kind-badge.js - what an element is, in a word and a colour.
import { element } from '../../framework/element.js'
import { t } from '../../model/texts.js'

/** An endpoint is told by its method, where that is given. */
export function kindBadge({ kind, method }) {
  return element('span', { class: `badge badge--${method?.toLowerCase() ?? kind}` }, method?.toUpperCase() ?? t(`badge-${kind}`))
}

/** required, deprecated, … as small words. */
export function flagBadges(flags = []) {
  return flags.map((flag) => element('span', { class: `flag flag--${flag}`, key: flag }, t(`flag-${flag}`)))
}
