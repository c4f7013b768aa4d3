// field-row.js - name, type, constraints and first sentence of one property, parameter, header or alternative.
import { element } from '../../framework/element.js'
import { addressOf } from '../../model/address.js'
import { said, t } from '../../model/texts.js'
import { flagBadges } from '../kind-badge/kind-badge.js'
import { nameText } from '../name-text/name-text.js'
import { code, copyButton, facts, fault, inline, outside } from '../part/part.js'
import { richText } from '../rich-text/rich-text.js'

const MOST_VALUES = 12 // of an enum, in a row; the rest is on the property's page

export function fieldRow({ field, tree, key }) {
  const { id, name, format, flags, origin, note } = field
  return element('div', { class: 'field' },
    element('div', { class: 'field__head' },
      name && element(id ? 'a' : 'span', { class: 'field__name', href: id ? addressOf(id) : null }, nameText(name)),
      typeLink(field),
      format && element('span', { class: 'type' }, format),
      flagBadges(flags),
      origin && element('span', { class: 'flag' }, t('from', { name: origin })),
      id && copyButton('link', t('copy-link', { kind: name }), tree.urlOf(id), { class: 'icon-button field__copy' })),
    text(field, tree, `${key} text`),
    fault(note),
    facts(limitsOf(field, MOST_VALUES), 'limits'))
}

/** The type's text, leading to the object it names. */
export function typeLink({ type, typeId, recursive }) {
  const content = [recursive && element('span', { title: t('recursive') }, '↻ '), nameText(type)]
  return type && element(typeId ? 'a' : 'span', { class: 'type', href: typeId ? addressOf(typeId) : null }, content)
}

// The first sentence, and the rest when it is asked for.
function text({ name, summary, description, html, describedBy }, tree, key) {
  if (!description) return null
  if (description.length - (summary ?? '').length < 2) return richText({ html, text: description, level: 3 })
  const isOpen = tree.open.has(key)
  const [, start, end] = /^(.*?)(\S*)$/.exec(summary) // the button stays with the last word
  return element('div', { class: 'field__text' },
    isOpen ? richText({ html, text: description, level: 3 }) : `${start} `,
    isOpen && describedBy && element('p', { class: 'quiet' }, t('described-by', { name: describedBy })),
    element('span', { class: 'together' }, !isOpen && end, element('button', {
      class: 'more', type: 'button', 'aria-expanded': String(isOpen),
      'aria-label': t(isOpen ? 'less-about' : 'more-about', { name }), onClick: () => tree.onToggle(key),
    }, t(isOpen ? 'less' : 'more'))))
}

/** The constraints of a field as [[name, content]]. */
export function limitsOf(field, most = Infinity) {
  const { values = [], examples = [], rules = [], docs } = field
  const json = (name) => name in field && code(JSON.stringify(field[name]))
  return [
    [t('limit-values'), values.length > 0 && valueList(field, most)],
    [t('limit-const'), json('const')],
    [t('limit-default'), json('default')],
    [t('limit-range'), field.range && said(field.range)],
    [t('limit-pattern'), field.pattern && code(field.pattern)],
    [t('limit-example'), examples[0] && 'value' in examples[0] && code(plain(examples[0].value))],
    [t('limit-rules'), rules.length > 0 && rules.map((rule) => element('div', { key: rule }, inline(said(rule))))],
    [t('limit-style'), [field.style, 'explode' in field && `explode: ${field.explode}`, field.mediaType].filter(Boolean).join(', ')],
    [t('limit-when'), field.when && inline(said(field.when))],
    [t('docs'), docs && outside(docs.url, docs.description || docs.url)],
  ]
}

const plain = (value) => (typeof value === 'string' && value.trim() ? value : JSON.stringify(value))

function valueList({ values, valueLabels = [], valueTotal = values.length }, most) {
  const shown = values.slice(0, most)
  const rest = valueTotal - shown.length
  return [shown.map((value, place) => {
    const { name, description } = valueLabels[place] ?? {}
    const about = [name, description].filter(Boolean).join(': ')
    return [element('code', { title: about || null }, plain(value)), about && most > MOST_VALUES ? element('span', { class: 'quiet' }, ` ${about}`) : null, ' ']
  }), rest > 0 && t('and-more', { count: rest })]
}
