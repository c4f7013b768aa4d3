// filter-bar.js - which kind of elements is searched for: native radio buttons with the counts of the last answer.
import { element } from '../../framework/element.js'
import { formatCount } from '../../model/kinds.js'
import { totalOf } from '../../model/rows.js'
import { focusSearch } from '../search-box/search-box.js'

const CHOICES = [
  ['everything', 'Everything', 'Names and descriptions'],
  ['object', 'Objects', 'Data models'],
  ['property', 'Properties', 'Properties and parameters'],
  ['endpoint', 'Endpoints', 'Methods and paths'],
]

export const FILTER_NAMES = Object.fromEntries(CHOICES)

export function filterBar({ search }) {
  return element('fieldset', { class: 'filters' },
    element('legend', { class: 'unseen' }, 'Search for'),
    CHOICES.map(([filter, name, title], place) => choice(search, filter, name, `${title} (Alt+${place + 1})`)))
}

function choice(search, filter, name, title) {
  const totals = search.text.trim() ? search.answered?.totals : null
  return element('label', { class: 'filter', key: filter, title, onMousedown: keepFocus, onClick: (event) => onClick(event, search, filter) },
    element('input', {
      type: 'radio', name: 'filter', value: filter, checked: search.filter === filter,
      onChange: () => search.filterBy(filter),
    }),
    element('span', { class: 'filter__name' }, name),
    totals && element('span', { class: 'filter__count' }, formatCount(totalOf(totals, filter))))
}

function keepFocus(event) {
  event.preventDefault()
}

// With the mouse one goes on typing at once; the label would give the focus to its button.
function onClick(event, search, filter) {
  if (event.target.tagName === 'INPUT') return
  event.preventDefault()
  search.filterBy(filter)
  if (search.isOpen) focusSearch(event.currentTarget.ownerDocument)
}

/** The filter that Alt and a digit choose; undefined for other keys. */
export function filterOfKey({ altKey, code }) {
  const digit = altKey && /^Digit([1-4])$/.exec(code)
  return digit ? CHOICES[digit[1] - 1][0] : undefined
}
