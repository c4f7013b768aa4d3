// notice.js - what went wrong, and where to go from there.
import { element } from '../../framework/element.js'
import { nameText } from '../name-text/name-text.js'

/** `nearest`: ids of elements that may have been meant. */
export function failureNotice({ title, message, nearest = [], addressOf, onRetry }) {
  return element('div', { class: 'notice', role: 'alert' },
    element('h1', { tabindex: '-1', id: 'title' }, title),
    element('p', null, message),
    nearest.length > 0 && [
      element('p', null, 'Did you mean'),
      element('ul', null, nearest.map((id) => element('li', { key: id }, element('a', { class: 'mono', href: addressOf(id) }, nameText(id))))),
    ],
    onRetry && element('button', { class: 'button', type: 'button', onClick: onRetry }, 'Try again'))
}
