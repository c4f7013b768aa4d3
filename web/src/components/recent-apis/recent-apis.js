// recent-apis.js - the APIs used last, as buttons.
import { element } from '../../framework/element.js'
import { addressOf } from '../../model/address.js'
import { icon } from '../icon/icon.js'

export function recentApis({ apis, onForget }) {
  if (apis.length === 0) return null
  return element('section', { class: 'recent', 'aria-labelledby': 'recent' },
    element('h2', { class: 'start__title', id: 'recent' }, 'Recently used'),
    element('ul', { class: 'recent__list' }, apis.map((api) => recentApi(api, onForget))))
}

function recentApi({ id, title, version }, onForget) {
  const name = title || id
  return element('li', { class: 'recent__item', key: id },
    element('a', { class: 'recent__link', href: addressOf(id), title: id }, element('b', null, name), version && element('span', null, version)),
    element('button', { class: 'recent__forget', type: 'button', 'aria-label': `Forget ${name}`, onClick: () => onForget(id) }, icon('close')))
}
