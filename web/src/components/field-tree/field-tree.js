// field-tree.js - a data model: one row a property, nested ones below their parent when they are opened.
import { element } from '../../framework/element.js'
import { kindName } from '../../model/kinds.js'
import { t } from '../../model/texts.js'
import { icon } from '../icon/icon.js'
import { button, segments } from '../part/part.js'
import { fieldRow } from './field-row.js'

const FILTER_FROM = 16 // rows; fewer are seen at a glance
const PREVIEW = 3 // names

/** What is inside of `self`: its fields, and its alternatives. `tree`: { open: Set of keys, modelOf(id), onToggle(key, field),
 * pickOf(key), onPick(key, place, field), moreOf(key), onMore(key, { id, at, offset }), urlOf(id) }. `from`: { id, at }, where that
 * is in which element. `path`: the beginning of the keys. */
export function modelTree({ self, tree, from, path = '', level = 1, name = t('properties-title') }) {
  const more = tree.moreOf(path) ?? []
  const fields = [...(self.fields ?? []), ...more]
  const rest = (self.fieldTotal ?? 0) - fields.length
  return [
    fields.length > 0 && fieldList({ fields, tree, from, path, level, name }),
    rest > 0 && button(t('show-more', { count: rest }), () => tree.onMore(path, { ...from, offset: fields.length })),
    self.choices?.map((choice, place) => choiceView({ choice, tree, from, path: `${path} choice ${place}`, level })),
  ]
}

/** The same with a field that filters it where it is long. */
export function filteredTree({ self, filter, onFilter, ...rest }) {
  const { fields = [] } = self
  if (fields.length < FILTER_FROM) return modelTree({ self, ...rest })
  const words = filter.toLowerCase()
  const shown = fields.filter(({ name }) => name.toLowerCase().includes(words))
  return [
    element('input', {
      class: 'input', type: 'search', value: filter, placeholder: t('filter-fields', { fields: kindName('property', self.fieldTotal ?? fields.length) }),
      'aria-label': t('filter-fields-label'), onInput: (event) => onFilter(event.target.value),
    }),
    shown.length > 0 ? modelTree({ self: { ...self, fields: shown, fieldTotal: words ? 0 : self.fieldTotal }, ...rest }) : element('p', { class: 'quiet' }, t('no-such-field')),
  ]
}

export function fieldList({ fields, tree, from, path, level = 1, name }) {
  const isFlat = level === 1 && !fields.some(canOpen)
  return element('ul', { class: `fields${isFlat ? ' fields--flat' : ''}`, 'aria-label': name },
    sorted(fields).map((field) => fieldItem({ field, tree, from: { id: from.id, at: from.at ? `${from.at}.${field.name}` : field.name }, key: `${path}/${field.name}`, level })))
}

// What must be given comes first, what should not be used last.
function sorted(fields) {
  const rank = ({ flags = [] }) => (flags.includes('required') ? 0 : flags.includes('deprecated') ? 2 : 1)
  return [...fields].sort((a, b) => rank(a) - rank(b))
}

const canOpen = ({ fields, choices, typeId, recursive }) => !recursive && (fields?.length > 0 || choices?.length > 0 || Boolean(typeId))

function fieldItem({ field, tree, from, key, level }) {
  const isOpen = canOpen(field) && tree.open.has(key)
  return element('li', { class: 'fields__item', key },
    element('div', { class: 'fields__line' },
      canOpen(field) ? toggle(field, isOpen, () => tree.onToggle(key, field)) : element('span', { class: 'fields__gap' }),
      fieldRow({ field, tree, key }),
      !isOpen && preview(field)),
    isOpen && nested({ field, tree, from, key, level }))
}

function toggle({ name, type }, isOpen, onClick) {
  return element('button', {
    class: 'fields__toggle', type: 'button', 'aria-expanded': String(isOpen),
    'aria-label': t('properties-of', { name: name || type }), onClick,
  }, icon('open'))
}

// "{ containers, affinity, +36 }"
function preview({ fields = [], fieldTotal = fields.length, keys = fields.map(({ name }) => name), keyTotal = fieldTotal }) {
  if (!keys.length) return null
  const shown = keys.slice(0, PREVIEW)
  return element('div', { class: 'fields__preview' }, `{ ${[...shown, keyTotal > shown.length && `+${keyTotal - shown.length}`].filter(Boolean).join(', ')} }`)
}

function nested({ field, tree, from, key, level }) {
  const isOwn = field.fields?.length > 0 || field.choices?.length > 0
  const self = isOwn ? field : tree.modelOf(field.typeId)
  if (!self) return element('p', { class: 'fields__note quiet' }, '…')
  if (!canOpen({ ...self, typeId: null })) return element('p', { class: 'fields__note quiet' }, t('no-properties'))
  return element('div', { class: 'fields__nested' },
    modelTree({ self, tree, from: isOwn ? from : { id: field.typeId, at: '' }, path: key, level: level + 1, name: t('properties-of', { name: field.name || field.type }) }))
}

// Alternatives as a switch, and the one that is chosen.
function choiceView({ choice, tree, from, path, level }) {
  const { kind, discriminator, alternatives, total = alternatives.length } = choice
  const picked = Math.min(tree.pickOf(path) ?? 0, alternatives.length - 1)
  const field = alternatives[picked]
  const title = t(`choice-${kind}`)
  return field && element('div', { class: 'choice', key: path },
    element('p', { class: 'quiet' }, title, discriminator && t('told-by', { name: element('code', null, discriminator) })),
    segments({ name: path, label: title, value: String(picked), choices: alternatives.map((each, place) => [String(place), each.name || each.title || each.type]), onChoose: (place) => tree.onPick(path, Number(place), alternatives[place]) }),
    total > alternatives.length && element('p', { class: 'quiet' }, t('not-listed', { count: total - alternatives.length })),
    element('ul', { class: 'fields', 'aria-label': title }, fieldItem({ field, tree, from, key: `${path}/${picked}`, level })))
}
