// filter-bar.js - which kind of elements is searched for: native radio buttons with the counts of the last answer.
import { element } from '../../framework/element.js'
import { FILTERS } from '../../model/address.js'
import { totalOf } from '../../model/rows.js'
import { formatCount, t } from '../../model/texts.js'
import { focusSearch } from '../search-box/search-box.js'

export function filterBar(search) {
  return element('fieldset', { class: 'filters' },
    element('legend', { class: 'unseen' }, t('search-for')),
    FILTERS.map((filter, place) => choice(search, filter, `${t(`filter-${filter}-long`)} (Alt+${place + 1})`)))
}

function choice(search, filter, title) {
  const { text, totals, filter: answered } = search.answered ?? {}
  const isCounted = text?.trim() && (filter === 'description') === (answered === 'description') // these are counted on their own
  return element('label', { class: 'filter', key: filter, title, onMousedown: keepFocus, onClick: (event) => onClick(event, search, filter) },
    element('input', {
      type: 'radio', name: 'filter', value: filter, checked: search.filter === filter,
      onChange: () => search.filterBy(filter),
    }),
    element('span', { class: 'filter__name' }, t(`filter-${filter}`)),
    isCounted && element('span', { class: 'filter__count' }, formatCount(totalOf(totals, filter))))
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
