// place-list.js - where else a name occurs, or who uses an object: the best first.
import { element } from '../../framework/element.js'
import { formatCount } from '../../model/kinds.js'
import { kindBadge } from '../kind-badge/kind-badge.js'
import { nameText, splitName } from '../name-text/name-text.js'

const FIRST = 10

/** `title`: of the section. `id`: of the element itself, which may be among them. `isOpen`: all that were sent are shown, not just the first ten. */
export function placeList({ title, id, places, total, tree, isOpen, onOpen }) {
  if (!places?.length) return null
  const shown = isOpen ? places : places.slice(0, FIRST)
  return element('section', { class: 'part' },
    element('h2', null, title, element('span', { class: 'part__count' }, formatCount(total))),
    element('ol', { class: 'places' }, shown.map((place) => placeItem(place, place.id === id, tree))),
    shown.length < places.length && element('button', { class: 'button', type: 'button', onClick: onOpen },
      `Show ${formatCount(places.length - shown.length)} more`),
    isOpen && places.length < total && element('p', { class: 'quiet' }, `${formatCount(total - places.length)} more are not listed.`))
}

function placeItem(place, isCurrent, tree) {
  return element('li', { class: 'place', key: `${place.kind} ${place.id}` },
    kindBadge({ kind: place.kind, method: place.kind === 'endpoint' ? methodOf(place.id) : undefined }),
    element('a', { class: 'place__name', href: tree.addressOf(place.id), 'aria-current': isCurrent ? 'page' : null }, placeName(place)),
    place.type && element('span', { class: 'type' }, nameText(place.type)),
    element('p', { class: 'place__text' }, textOf(place, isCurrent)))
}

// A property's description is told where it differs from the one on this page.
function textOf({ kind, same, summary }, isCurrent) {
  if (isCurrent) return 'Shown on this page.'
  return same && kind !== 'endpoint' ? null : summary
}

// "io.k8s.api.core.v1." quiet, "PodSpec.imagePullSecrets" not.
function placeName({ kind, name, owner }) {
  const isInObject = kind === 'property' && owner
  const { prefix, short } = kind === 'endpoint' ? { short: name.replace(/^[A-Z]+ /, '') } : splitName(isInObject ? owner : name)
  return [prefix && element('span', { class: 'place__prefix' }, nameText(prefix)), nameText(isInObject ? `${short}.${name.split('.').at(-1)}` : short)]
}

function methodOf(id) {
  return /\/endpoint\/([^/]+)\//.exec(id)?.[1]
}
