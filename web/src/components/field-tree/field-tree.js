// field-tree.js - a data model: one row a property, nested ones below their parent when they are opened.
import { element } from '../../framework/element.js'
import { kindName } from '../../model/kinds.js'
import { icon } from '../icon/icon.js'
import { fieldRow } from './field-row.js'

const FILTER_FROM = 16 // rows; fewer are seen at a glance
const DEEPEST = 12 // levels; what lies deeper is a page of its own

/** `fields`: of one level. `tree`: { open: Set of keys, modelOf(id), onToggle(key, field), addressOf(id) }.
 * `path`: of the parent, the keys' beginning. `seen`: ids of the objects around, for recursion. */
export function fieldTree({ fields, tree, path = '', seen = [], level = 1, name = 'Properties' }) {
  if (!fields?.length) return null
  const isFlat = level === 1 && !fields.some(hasModel)
  return element('ul', { class: `fields${isFlat ? ' fields--flat' : ''}`, 'aria-label': name },
    sorted(fields).map((field) => fieldItem({ field, tree, key: `${path}/${field.name}${field.when ?? ''}`, seen, level })))
}

/** What is in a field: its fields, and its alternatives with theirs. */
export function insideOf({ fields = [], choices = [] }) {
  return [...fields, ...choices.flatMap(({ alternatives }) => alternatives)]
}

/** A tree with a field that filters it where it is long. */
export function filteredTree({ fields, tree, id, filter, onFilter }) {
  if (fields.length < FILTER_FROM) return fieldTree({ fields, tree, seen: [id] })
  const words = filter.toLowerCase()
  const shown = fields.filter(({ name }) => name.toLowerCase().includes(words))
  return [
    element('input', {
      class: 'input', type: 'search', value: filter, placeholder: `Filter ${kindName('property', fields.length)}`,
      'aria-label': 'Filter the properties', onInput: (event) => onFilter(event.target.value),
    }),
    shown.length > 0 ? fieldTree({ fields: shown, tree, seen: [id] }) : element('p', { class: 'quiet' }, 'No property has this in its name.'),
  ]
}

// What must be given comes first, what should not be used last.
function sorted(fields) {
  const rank = ({ flags = [] }) => (flags.includes('required') ? 0 : flags.includes('deprecated') ? 2 : 1)
  return [...fields].sort((a, b) => rank(a) - rank(b))
}

function fieldItem({ field, tree, key, seen, level }) {
  const isRecursive = field.recursive || (Boolean(field.typeId) && seen.includes(field.typeId))
  const canOpen = hasModel(field) && !isRecursive && level < DEEPEST
  const isOpen = canOpen && tree.open.has(key)
  return element('li', { class: 'fields__item', key },
    element('div', { class: 'fields__line' },
      canOpen ? toggle(field, isOpen, () => tree.onToggle(key, field)) : element('span', { class: 'fields__gap' }),
      fieldRow({ field, tree, key, isRecursive })),
    isOpen && nested({ field, tree, key, seen, level }))
}

function hasModel(field) {
  return insideOf(field).length > 0 || Boolean(field.typeId)
}

function toggle(field, isOpen, onClick) {
  return element('button', {
    class: 'fields__toggle', type: 'button', 'aria-expanded': String(isOpen),
    'aria-label': `Properties of ${field.name}`, onClick,
  }, icon('open'))
}

function nested({ field, tree, key, seen, level }) {
  const inside = insideOf(field)
  const fields = inside.length > 0 ? inside : tree.modelOf(field.typeId)
  if (!fields) return element('p', { class: 'fields__note quiet' }, '…')
  if (fields.length === 0) return element('p', { class: 'fields__note quiet' }, 'No properties are described.')
  return fieldTree({ fields, tree, path: key, seen: [...seen, field.typeId], level: level + 1, name: `Properties of ${field.name}` })
}
