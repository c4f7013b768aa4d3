// shelf.js - elements as buttons: those used last, favourites, the best of the catalogue.
import { element } from '../../framework/element.js'
import { addressOf } from '../../model/address.js'
import { formatVersion, t } from '../../model/texts.js'
import { icon } from '../icon/icon.js'
import { kindBadge } from '../kind-badge/kind-badge.js'

/** `items`: [{ id, kind?, title, version?, place? }]. `onForget`: where they can be taken off. */
export function shelf({ name, items, onForget }) {
  if (items.length === 0) return null
  return element('section', { class: 'shelf', key: name, 'aria-labelledby': name },
    element('h2', { class: 'start__title', id: name }, t(`group-${name}`)),
    element('ul', { class: 'shelf__list' }, items.map((item) => shelfItem(item, onForget))))
}

function shelfItem({ id, kind = 'api', title, version, method }, onForget) {
  const name = title || id
  return element('li', { class: 'shelf__item', key: id },
    element('a', { class: 'shelf__link', href: addressOf(id), title: id },
      kind !== 'api' && kindBadge({ kind, method }), element('b', null, name), formatVersion(version) && element('span', null, formatVersion(version))),
    onForget && element('button', { class: 'shelf__forget', type: 'button', 'aria-label': t('forget', { name }), onClick: () => onForget(id) }, icon('close')))
}
