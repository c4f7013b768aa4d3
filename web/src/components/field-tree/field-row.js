// field-row.js - name, type, constraints and first sentence of one property or parameter.
import { element } from '../../framework/element.js'
import { flagBadges } from '../kind-badge/kind-badge.js'
import { nameText } from '../name-text/name-text.js'
import { richText } from '../rich-text/rich-text.js'

const UNNAMED = new Set(['range', 'rules'])
const MOST_VALUES = 12 // of an enum, in a row; the rest is on the property's page

export function fieldRow({ field, tree, key, isRecursive }) {
  return element('div', { class: 'field' },
    element('div', { class: 'field__head' },
      element(field.id ? 'a' : 'span', { class: 'field__name', href: field.id ? tree.addressOf(field.id) : null }, nameText(field.name)),
      typeLink({ field, tree, isRecursive }),
      field.format && element('span', { class: 'type' }, field.format),
      flagBadges(field.flags)),
    description(field, tree, `${key} text`),
    limits(field))
}

/** The type's text, leading to the object it names. */
export function typeLink({ field, tree, isRecursive = false }) {
  const text = field.type
  if (!text) return null
  const sign = isRecursive ? element('span', { title: 'Contains itself' }, '↻ ') : null
  if (!field.typeId) return element('span', { class: 'type' }, nameText(text))
  return element('a', { class: 'type', href: tree.addressOf(field.typeId) }, sign, nameText(text))
}

function description(field, tree, key) {
  const { description: all, summary = '' } = field
  if (!all) return null
  if (all.length - summary.length < 2) return richText({ html: field.html, text: all, level: 3 })
  const isOpen = tree.open.has(key)
  const [, start, end] = /^(.*?)(\S*)$/.exec(summary) // the button stays with the last word
  return element('div', { class: 'field__text' },
    isOpen ? richText({ html: field.html, text: all, level: 3 }) : `${start} `,
    element('span', { class: 'together' }, !isOpen && end, element('button', {
      class: 'more', type: 'button', 'aria-expanded': String(isOpen),
      'aria-label': `${isOpen ? 'Less' : 'More'} about ${field.name}`, onClick: () => tree.onToggle(key),
    }, isOpen ? 'less' : 'more')))
}

function limits(field) {
  const parts = limitsOf({ ...field, format: '' }) // that stands beside the type
  return parts.length > 0 ? element('dl', { class: 'limits' }, parts.map(({ name, content }) =>
    element('div', { key: name }, element('dt', { class: UNNAMED.has(name) ? 'unseen' : null }, name), element('dd', null, content)))) : null
}

/** The constraints of a field as [{ name, content }], those there are. */
export function limitsOf(field, mostValues = MOST_VALUES) {
  const { values = [], rules = [] } = field
  return [
    ['note', field.note],
    ['one of', values.length > 0 && valueList(values, mostValues)],
    ['always', field.const !== undefined && code(JSON.stringify(field.const))],
    ['default', field.default !== undefined && code(JSON.stringify(field.default))],
    ['range', field.range],
    ['format', field.format && code(field.format)],
    ['pattern', field.pattern && code(field.pattern)],
    ['rules', rules.length > 0 && rules.map((rule) => element('div', { key: rule }, marked(rule)))],
    ['when', field.when && marked(field.when)],
    ['from', field.origin],
    ['text of', field.describedBy],
  ].filter(([, content]) => content).map(([name, content]) => ({ name, content }))
}

function valueList(values, most) {
  const shown = values.slice(0, most).map((value) => [code(typeof value === 'string' ? value : JSON.stringify(value)), ' '])
  return values.length > most ? [shown, `and ${values.length - most} more`] : shown
}

// What stands in backticks is code.
function marked(text) {
  return text.split('`').map((part, place) => (place % 2 ? code(part) : part))
}

function code(text) {
  return element('code', null, text)
}
