// search-box.js - the search field with its popup: a combobox with a list box (ARIA 1.2).
//
// DOM focus stays in the field; aria-activedescendant tells which row is active.
import { element } from '../../framework/element.js'
import { MOST } from '../../model/address.js'
import { t } from '../../model/texts.js'
import { filterBar } from '../filter-bar/filter-bar.js'
import { icon } from '../icon/icon.js'
import { resultList } from '../result-list/result-list.js'
import { optionId } from '../result-list/result-row.js'

const FIELD = 'search'
const LIST = 'hits'
const HINT = 'search-hint'

/** `search`: a Search. `onLeave`: out of its scope. `ways`: out of an empty answer, see resultList. */
export function searchBox({ search, onLeave, ways }) {
  return element('div', {
    class: 'search', role: 'search',
    onFocusout: (event) => onFocusout(event, search),
    onKeydown: (event) => onKeydown(event, search, onLeave),
  },
  element('div', { class: 'search__field', onClick: onFieldClick },
    search.scope ? chip(search.scope, onLeave) : icon('search'),
    element('label', { class: 'unseen', for: FIELD }, search.scope ? t('search-in', search.scope) : t('search-all')),
    field(search),
    search.text ? clearButton(search) : element('kbd', { class: 'search__key', 'aria-hidden': 'true' }, '/')),
  element('span', { class: 'unseen', id: HINT }, t('search-hint')),
  filterBar(search),
  search.isOpen && resultList({ search, id: LIST, ways }))
}

function field(search) {
  const hasRows = search.isOpen && search.rows.length > 0
  return element('input', {
    id: FIELD, class: 'search__input', type: 'text', role: 'combobox', value: search.text, placeholder: t(search.scope ? 'search-here' : 'search-all'),
    'aria-autocomplete': 'list', 'aria-expanded': String(hasRows), 'aria-controls': LIST,
    'aria-activedescendant': hasRows ? optionId(search.active) : null, 'aria-describedby': HINT,
    autocomplete: 'off', autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false', enterkeyhint: 'search',
    maxlength: MOST,
    onInput: (event) => search.type(event.target.value),
    onClick: () => search.open(),
  })
}

function chip(scope, onLeave) {
  return element('span', { class: 'chip' },
    element('span', { class: 'chip__text', title: scope.title }, scope.title),
    element('button', { class: 'chip__remove', type: 'button', 'aria-label': t('search-instead', scope), onClick: onLeave }, icon('close')))
}

function clearButton(search) {
  return element('button', {
    class: 'icon-button search__clear', type: 'button', 'aria-label': t('clear'),
    onMousedown: (event) => event.preventDefault(), // the field keeps the focus
    onClick: () => search.type(''),
  }, icon('close'))
}

function onKeydown(event, search, onLeave) {
  const isInField = event.target.id === FIELD
  if (isInField && event.key === 'Backspace' && !search.text && search.scope && !event.repeat) {
    event.preventDefault()
    onLeave()
  } else if ((isInField || event.key === 'Escape') && search.press(event)) {
    event.preventDefault()
  }
}

// The radio buttons and the popup belong to the search: only what lies outside closes it.
function onFocusout(event, search) {
  if (!event.currentTarget.contains(event.relatedTarget)) search.close()
}

function onFieldClick(event) {
  if (event.target === event.currentTarget) focusSearch(event.target.ownerDocument)
}

/** Puts the caret into the search field; `isSelected`: its text is selected, to be typed over. */
export function focusSearch(page, isSelected = false) {
  const input = page.getElementById(FIELD)
  input?.focus()
  input?.setSelectionRange(isSelected ? 0 : input.value.length, input.value.length)
}
