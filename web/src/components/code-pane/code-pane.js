// code-pane.js - an element as code: tabs of languages and payloads, what can be chosen for them, the line asked for marked.
import { element } from '../../framework/element.js'
import { highlight, linesOf } from '../../model/highlight.js'
import { t } from '../../model/texts.js'
import { copyButton } from '../part/part.js'

const TABS = 'example-tabs'

/** `tabs`: [{ name, label }], `current`: the name of the one shown. `example`: { code, language, focus }, when it is here.
 * `options`: what stands between tabs and code; `below`: what stands behind it. `id`: of the example, so that another one
 * begins at its own marked line. */
export function codePane({ id, tabs, current, example, options, below, onTab }) {
  return element('div', { class: 'code' },
    element('div', { class: 'code__bar' },
      element('div', { class: 'code__tabs', role: 'tablist', 'aria-label': t('examples'), id: TABS, onKeydown: (event) => onKeydown(event, tabs, current, onTab) },
        tabs.map((each) => tab(each, each.name === current, onTab))),
      example && copyButton('copy', t('copy-example'), example.code, { id: 'copy-code' })),
    options,
    panel(id, example, current),
    below)
}

function tab({ name, label }, isCurrent, onTab) {
  return element('button', {
    class: 'code__tab', type: 'button', role: 'tab', id: `tab-${name}`, key: name, 'aria-selected': String(isCurrent),
    'aria-controls': 'example', tabindex: isCurrent ? '0' : '-1', onClick: () => onTab(name), use: isCurrent ? showTab : null,
  }, label)
}

// The panel is the scroll box, so it takes the focus (WCAG 2.1.1).
function panel(id, example, current) {
  return element('div', {
    class: 'code__panel', role: 'tabpanel', id: 'example', key: `${id} ${current}`, tabindex: '0',
    'aria-labelledby': `tab-${current}`, use: showMarked,
  }, example && codeLines(highlight(example.code, example.language), linesOf(example.code, example.focus)))
}

/** Lines of coloured pieces; those from marked[0] to marked[1] are marked. */
export function codeLines(lines, marked) {
  return element('pre', null, element('code', null, lines.flatMap((line, place) =>
    [place > 0 && '\n', codeLine(line, marked && place >= marked[0] && place <= marked[1])])))
}

function codeLine(pieces, isMarked) {
  return element(isMarked ? 'mark' : 'span', { class: `line${isMarked ? ' line--marked' : ''}` },
    pieces.map(([text, type]) => (type ? element('span', { class: `syntax-${type}` }, text) : text)))
}

// Once for each: after that the reader scrolls.
const shown = new WeakSet()

function showMarked(panelElement) {
  const line = panelElement.querySelector('.line--marked')
  if (!line || shown.has(line)) return
  shown.add(line)
  panelElement.scrollTop = line.offsetTop - panelElement.clientHeight / 3
}

const shownTabs = new WeakMap() // list of tabs → the one that was brought into view

function showTab(target) {
  const list = target.parentElement
  if (shownTabs.get(list) === target.id) return
  shownTabs.set(list, target.id)
  list.scrollLeft = target.offsetLeft - list.offsetLeft - 32
}

function onKeydown(event, tabs, current, onTab) {
  const at = tabs.findIndex(({ name }) => name === current)
  const { length } = tabs
  const next = { ArrowRight: (at + 1) % length, ArrowLeft: (at + length - 1) % length, Home: 0, End: length - 1 }[event.key]
  if (next === undefined) return
  event.preventDefault()
  onTab(tabs[next].name)
  event.currentTarget.children[next].focus()
}
