// source.js - what the specification itself says here, as it is written.
import { element } from '../../framework/element.js'
import { highlight } from '../../model/highlight.js'
import { t } from '../../model/texts.js'
import { codeLines } from '../code-pane/code-pane.js'
import { copyButton } from '../part/part.js'
import { failureText } from '../result-list/result-list.js'

/** `source`: the answer of app:api-element-source-action, once it is here; `onOpen()` asks for it. */
export function sourcePart({ source, onOpen }) {
  return element('details', { class: 'source', key: 'source', onToggle: (event) => event.currentTarget.open && onOpen() },
    element('summary', null, t('source'), source?.text && element('span', { class: 'quiet' }, ` ${source.pointer} · ${t('line', { count: source.line })}`)),
    source?.failure && element('p', { class: 'quiet' }, failureText(source.failure)),
    source?.text && element('div', { class: 'code' },
      element('div', { class: 'code__bar' }, copyButton('copy', t('copy-source'), source.text)),
      element('div', { class: 'code__panel', tabindex: '0', role: 'region', 'aria-label': t('source') }, codeLines(highlight(source.text, 'json')))))
}
