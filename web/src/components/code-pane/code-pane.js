// code-pane.js - the examples of an element: tabs, a copy button, the line asked for marked.
import { element } from '../../framework/element.js'
import { highlight, linesOf } from '../../model/highlight.js'
import { icon } from '../icon/icon.js'

const TABS = 'example-tabs'

/** `examples`: [{ label, language, code, focus }]. `current`: the index of the one shown. `id`: of the element,
 * so that another one begins at its own marked line. */
export function codePane({ id, examples, current, isCopied, onTab, onCopy, onReady }) {
  const example = examples[current]
  return element('div', { class: 'code' },
    element('div', { class: 'code__bar' },
      element('div', { class: 'code__tabs', role: 'tablist', 'aria-label': 'Examples', id: TABS, onKeydown: (event) => onKeydown(event, examples, current, onTab) },
        examples.map((each, place) => tab(each, place, place === current, onTab))),
      element('button', { class: 'icon-button', type: 'button', title: 'Copy', 'aria-label': `Copy the ${example.label} example`, onClick: () => onCopy(example.code) },
        icon(isCopied ? 'done' : 'copy'))),
    panel(id, example, current, onReady))
}

function tab({ label }, place, isCurrent, onTab) {
  return element('button', {
    class: 'code__tab', type: 'button', role: 'tab', id: `tab-${place}`, key: place, 'aria-selected': String(isCurrent),
    'aria-controls': 'example', tabindex: isCurrent ? '0' : '-1', onClick: () => onTab(place),
  }, label)
}

// The panel is the scroll box, so it takes the focus (WCAG 2.1.1).
function panel(id, { code, language, focus }, current, onReady) {
  const marked = linesOf(code, focus)
  const lines = highlight(code, language, onReady)
  const isMarked = (place) => marked && place >= marked[0] && place <= marked[1]
  return element('div', {
    class: 'code__panel', role: 'tabpanel', id: 'example', key: `${id} ${current}`, tabindex: '0',
    'aria-labelledby': `tab-${current}`, use: showMarked,
  }, element('pre', null, element('code', null, lines.flatMap((line, place) => [place > 0 && '\n', codeLine(line, isMarked(place))]))))
}

function codeLine(pieces, isMarked) {
  return element(isMarked ? 'mark' : 'span', { class: `line${isMarked ? ' line--marked' : ''}` },
    pieces.map(([text, type]) => (type ? element('span', { class: `syntax-${type}` }, text) : text)))
}

// Once for each example: after that the reader scrolls.
const shown = new WeakSet()

function showMarked(panelElement) {
  if (shown.has(panelElement)) return
  shown.add(panelElement)
  const line = panelElement.querySelector('.line--marked')
  if (line) panelElement.scrollTop = line.offsetTop - panelElement.clientHeight / 3
}

function onKeydown(event, { length }, current, onTab) {
  const next = { ArrowRight: (current + 1) % length, ArrowLeft: (current + length - 1) % length, Home: 0, End: length - 1 }[event.key]
  if (next === undefined) return
  event.preventDefault()
  onTab(next)
  event.currentTarget.children[next].focus()
}
