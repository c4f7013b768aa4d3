// refs.js - who uses an element, which ways lead to it, where else its name occurs.
import { element } from '../../framework/element.js'
import { addressOf } from '../../model/address.js'
import { splitName } from '../../model/names.js'
import { said, t } from '../../model/texts.js'
import { kindBadge } from '../kind-badge/kind-badge.js'
import { markedText, nameText } from '../name-text/name-text.js'
import { button, part } from '../part/part.js'

/** `refs`: { id, kind, totals, rows: { use: [ref] } }, the uses in the order in which they are told. `self`: the element's own
 * field. `onRefs(use)`: more of one of them is asked for. */
export function refParts({ refs: { id, kind, totals, rows }, self, onRefs }) {
  return Object.entries(rows).map(([use, shown]) => {
    const rest = totals[use] - shown.length
    return shown.length > 0 && part(t(kind === 'parameter' ? 'use-parameter' : `use-${use}`), [
      element('ol', { class: 'places' }, shown.map((ref) => refItem(ref, id, self))),
      rest > 0 && button(t('show-more', { count: rest }), () => onRefs(use)),
    ], totals[use])
  })
}

/** One row: what refers to an element, or is listed as a place of it. */
export function refItem(ref, id, self) {
  const { kind, use, id: target, type, roles, path } = ref
  const isCurrent = target === id && !path
  return element('li', { class: 'place', key: `${target} ${path}` },
    kindBadge({ kind, method: kind === 'endpoint' ? /\/endpoint\/([^/]+)\//.exec(target)[1] : undefined }),
    element('span', { class: 'place__head' },
      element('a', { class: 'place__name', href: addressOf(target), 'aria-current': isCurrent ? 'page' : null }, use === 'root' ? nameText(path) : refName(ref)),
      (roles || type) && element('span', { class: 'type' }, roles ? said(roles) : nameText(type))),
    use === 'reach' && element('p', { class: 'place__text mono' }, nameText(path)),
    element('p', { class: 'place__text' }, isCurrent ? t('this-page') : refText(ref, self)))
}

// "io.k8s.api.core.v1." quiet, "PodSpec.imagePullSecrets" not.
function refName({ kind, name, owner }) {
  const isInside = kind === 'property' && owner
  const { prefix, short } = kind === 'endpoint' ? { short: name.replace(/^[A-Z]+ /, '') } : splitName(isInside ? owner : name)
  return [prefix && element('span', { class: 'place__prefix' }, nameText(prefix)), nameText(isInside ? `${short}.${name.split('.').at(-1)}` : short)]
}

// A namesake's description is told where it differs from the one on this page, and marked where it does.
function refText({ use, same, summary }, self) {
  if (use !== 'name') return summary
  if (same || !summary) return null
  const own = self?.summary ?? ''
  let start = 0
  while (start < summary.length && summary[start] === own[start]) start++
  let end = 0
  while (end < summary.length - start && summary.at(-1 - end) === own.at(-1 - end)) end++
  const isAlike = start + end > summary.length / 3
  return isAlike ? markedText(summary, [[start, summary.length - end]]) : summary
}
