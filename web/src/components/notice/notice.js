// notice.js - what went wrong, and where to go from there.
import { element } from '../../framework/element.js'
import { addressOf } from '../../model/address.js'
import { t } from '../../model/texts.js'
import { nameText } from '../name-text/name-text.js'
import { failureText } from '../result-list/result-list.js'

/** `failure`: an AnswerError; its `nearest` are ids of elements that may have been meant. */
export function failureNotice({ failure, isMissing, onRetry }) {
  return element('div', { class: 'notice', role: 'alert' },
    element('h1', { tabindex: '-1', id: 'title' }, t(isMissing ? 'missing-long' : 'failed')),
    element('p', null, failureText(failure)),
    failure.nearest.length > 0 && [element('p', null, t('perhaps')), links(failure.nearest)],
    onRetry && element('button', { class: 'button', type: 'button', onClick: onRetry }, t('retry')))
}

/** Above the element that is shown in place of `id`: the first of `nearest`. */
export function strayNote({ id, nearest }) {
  return element('div', { class: 'notice notice--stray', role: 'status' },
    element('p', null, t('strayed', { id: element('code', null, nameText(id)) })),
    nearest.length > 1 && [element('p', null, t('perhaps')), links(nearest.slice(1))])
}

function links(ids) {
  return element('ul', null, ids.map((id) => element('li', { key: id }, element('a', { class: 'mono', href: addressOf(id) }, nameText(id)))))
}
