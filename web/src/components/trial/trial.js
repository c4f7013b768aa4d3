// trial.js - a request is sent, and its answer shown.
import { element } from '../../framework/element.js'
import { highlight } from '../../model/highlight.js'
import { formatCount, t } from '../../model/texts.js'
import { codeLines } from '../code-pane/code-pane.js'
import { facts } from '../part/part.js'
import { failureText } from '../result-list/result-list.js'

/** `body`: of the request, undefined when it has no text; `trial`: { isWaiting, reply, failure }. */
export function trialPane({ body, trial, onBody, onSend }) {
  const { isWaiting, reply, failure } = trial
  return element('div', { class: 'trial' },
    body !== undefined && element('textarea', { class: 'input trial__body', 'aria-label': t('request'), rows: 6, spellcheck: 'false', value: body, onInput: ({ target }) => onBody(target.value) }),
    element('div', { class: 'trial__bar' },
      element('button', { class: 'button button--main', type: 'button', disabled: isWaiting, onClick: onSend }, t('send')),
      element('span', { role: 'status' }, isWaiting ? t('sending') : failure ? element('span', { class: 'fault' }, failureText(failure)) : reply && statusLine(reply))),
    reply && answer(reply))
}

function statusLine({ status, milliseconds, bytes }) {
  return [element('span', { class: `response__status response__status--${Math.floor(status / 100)}` }, status), ' ', t('took', { milliseconds, bytes: formatCount(bytes) })]
}

function answer({ url, method, headers, body, cut }) {
  return [
    element('p', { class: 'mono' }, method, ' ', url),
    element('details', null, element('summary', null, t('headers')), facts(headers.map(({ name, value }) => [name, value]), 'limits')),
    element('div', { class: 'code__panel', tabindex: '0', role: 'region', 'aria-label': t('response') }, codeLines(highlight(pretty(body ?? t('no-text')), 'json'))),
    cut && element('p', { class: 'quiet' }, t('cut')),
  ]
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
