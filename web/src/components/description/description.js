// description.js - the middle section of the API page: what the chosen element is.
import { element } from '../../framework/element.js'
import { kindName } from '../../model/kinds.js'
import { endpointParts } from '../endpoint/endpoint.js'
import { facts } from '../facts/facts.js'
import { fieldTree, filteredTree, insideOf } from '../field-tree/field-tree.js'
import { icon } from '../icon/icon.js'
import { flagBadges, kindBadge } from '../kind-badge/kind-badge.js'
import { nameText, splitName } from '../name-text/name-text.js'
import { placeList } from '../place-list/place-list.js'
import { richText } from '../rich-text/rich-text.js'

/** `details`: of the element. `tree`: as for fieldTree. `filter`, `onFilter`: of a long model. `isOpen`,
 * `onOpen`: all places are shown. `isLinkCopied`, `onLink`: the button that copies the page's address. */
export function description(props) {
  const { details } = props
  return [
    head(props),
    details.kind === 'endpoint' && details.summary && summary(details),
    richText({ html: details.self?.html, text: details.self?.description, level: 2 }),
    details.truncated && element('p', { class: 'quiet' }, 'This is longer than a page can be: inner parts are left out here.'),
    PARTS[details.kind]?.(props),
  ]
}

const PARTS = {
  object: (props) => [model(props), places(props, 'Used by')],
  property: (props) => [facts(props), inlineModel(props), places(props, 'In these objects')],
  parameter: (props) => [facts(props), places(props, 'Taken by')],
  endpoint: (props) => [endpointParts(props), places(props, 'Related')],
}

function head({ details, tree, isLinkCopied, onLink }) {
  const { kind, api, apiTitle, apiVersion, owner, ownerId, self } = details
  const isInside = kind === 'property' && owner
  return element('header', { class: 'head' },
    element('nav', { class: 'head__line', 'aria-label': 'Where it lives' },
      kindBadge({ kind }),
      element('a', { class: 'crumb', href: tree.addressOf(api) }, apiTitle || api),
      apiVersion && element('span', { class: 'quiet' }, apiVersion),
      isInside && [element('span', { class: 'quiet', 'aria-hidden': 'true' }, '›'),
        element(ownerId ? 'a' : 'span', { class: 'crumb', href: ownerId ? tree.addressOf(ownerId) : null }, splitName(owner).short)],
      element('button', { class: 'icon-button head__copy', type: 'button', title: 'Copy the link', 'aria-label': `Copy the link to this ${kindName(kind)}`, onClick: onLink },
        icon(isLinkCopied ? 'done' : 'link'))),
    element('h1', { id: 'title', tabindex: '-1', class: kind === 'endpoint' ? 'mono' : null },
      details.method && [element('span', { class: `method method--${details.method.toLowerCase()}` }, details.method), ' '],
      nameText(kind === 'endpoint' ? details.name : titleOf(details))),
    element('p', { class: 'head__name' }, secondLine(details), flagBadges(self?.flags)))
}

/** The element's name as its page tells it. */
export function titleOf({ kind, name, title, method }) {
  return kind === 'endpoint' ? `${method ?? ''} ${name}`.trim() : title || name
}

function secondLine({ kind, name, title, operationId }) {
  const text = kind === 'endpoint' ? operationId : name !== title && name
  return text ? element('span', null, nameText(text)) : null
}

function summary({ summary: text, self }) {
  return text !== self?.description ? element('p', { class: 'lead' }, text) : null
}

function model({ details, tree, filter, onFilter }) {
  const { self, id } = details
  const fields = insideOf(self)
  return [
    (fields.length === 0 || self.rules || self.note) && facts({ details: { ...details, owner: '' }, tree }),
    fields.length > 0 && element('section', { class: 'part' },
      element('h2', null, 'Properties', element('span', { class: 'part__count' }, fields.length)),
      filteredTree({ fields, tree, id, filter, onFilter })),
  ]
}

function inlineModel({ details: { self, id }, tree }) {
  const fields = insideOf(self)
  if (fields.length === 0) return null
  return element('section', { class: 'part' },
    element('h2', null, 'Properties', element('span', { class: 'part__count' }, fields.length)),
    fieldTree({ fields, tree, path: 'self', seen: [id] }))
}

function places({ details, tree, isOpen, onOpen }, title) {
  return placeList({ title, id: details.id, places: details.places, total: details.placeTotal, tree, isOpen, onOpen })
}
