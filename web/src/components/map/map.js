// map.js - a picture: what uses an object, and what it is made of. Every box is a link.
import { element } from '../../framework/element.js'
import { addressOf } from '../../model/address.js'
import { t } from '../../model/texts.js'

const [WIDTH, BOX, ROW, MOST, LETTERS] = [752, 228, 34, 7, 29]

/** `left`, `right`: [{ id, name }]; there are `leftTotal` on the left. */
export function map({ name, left, leftTotal, right }) {
  if (!left.length || !right.length) return null
  const height = Math.max(rowCount(left), rowCount(right)) * ROW
  const middle = { x: (WIDTH - BOX) / 2, y: (height - ROW) / 2 }
  return element('svg', { class: 'map', viewBox: `0 0 ${WIDTH} ${height}`, role: 'group', 'aria-label': t('map', { name }) },
    column(left, leftTotal, 0, height, middle), column(right, right.length, WIDTH - BOX, height, middle),
    box({ name }, middle.x, middle.y, 'map__self'))
}

// Where there are more than fit, the last row counts them.
const shown = (items) => items.slice(0, items.length > MOST ? MOST - 1 : MOST)
const rowCount = (items) => Math.min(items.length, MOST)

function column(items, total, x, height, middle) {
  const rows = shown(items)
  const rest = total - rows.length
  const top = (height - rowCount(items) * ROW) / 2
  const [from, to] = x ? [middle.x + BOX, x] : [BOX, middle.x]
  return [rest > 0 && element('text', { class: 'map__rest', key: `rest ${x}`, x: x + BOX / 2, y: top + (MOST - 0.5) * ROW + 4 }, t('and-more', { count: rest })), rows.map((item, place) => {
    const y = top + place * ROW
    const [a, b] = (x ? [middle.y, y] : [y, middle.y]).map((each) => each + ROW / 2)
    const half = (from + to) / 2
    return [element('path', { class: 'map__line', key: `line ${x} ${item.id}`, d: `M${from} ${a}C${half} ${a} ${half} ${b} ${to} ${b}` }),
      element('a', { href: addressOf(item.id), key: `${x} ${item.id}` }, box(item, x, y, 'map__box'))]
  })]
}

// Of a path its end tells most, of a name both ends do.
function fitted(name) {
  const kept = name.includes('/') ? name.indexOf('/') : 14
  return name.length > LETTERS ? `${name.slice(0, kept)}…${name.slice(1 + kept - LETTERS)}` : name
}

function box({ name }, x, y, className) {
  return element('g', { class: className },
    element('title', null, name),
    element('rect', { x: x + 1, y: y + 3, width: BOX - 2, height: ROW - 6, rx: 5 }),
    element('text', { x: x + BOX / 2, y: y + ROW / 2 + 4 }, fitted(name)))
}
