// facts.js - type, place and constraints of a property or parameter, one a line.
import { element } from '../../framework/element.js'
import { limitsOf, typeLink } from '../field-tree/field-row.js'
import { nameText } from '../name-text/name-text.js'

const ALL = Infinity
const TITLES = { note: 'Note', 'one of': 'Allowed values', always: 'Always', default: 'Default', range: 'Range', format: 'Format', pattern: 'Pattern', rules: 'Also', from: 'Comes from', 'text of': 'Text of' }

export function facts({ details, tree }) {
  const { self, owner, ownerId, kind } = details
  const rows = [
    ['Type', typeLink({ field: self, tree })],
    [kind === 'parameter' ? 'Of' : 'In object', owner && place(owner, ownerId, tree)],
    ['Sent in', kind === 'parameter' && self.in],
    ...limitsOf(self, ALL).map(({ name, content }) => [TITLES[name], content]),
  ].filter(([, content]) => content)
  return element('dl', { class: 'facts' },
    rows.map(([name, content]) => [element('dt', { key: name }, name), element('dd', { key: name }, content)]))
}

function place(owner, id, tree) {
  return id ? element('a', { class: 'mono', href: tree.addressOf(id) }, nameText(owner)) : element('span', { class: 'mono' }, nameText(owner))
}
