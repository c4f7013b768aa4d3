// description.js - the middle section of the API page: what the chosen element is.
import { element } from '../../framework/element.js'
import { addressOf } from '../../model/address.js'
import { kindName } from '../../model/kinds.js'
import { splitName } from '../../model/names.js'
import { formatVersion, t } from '../../model/texts.js'
import { endpointParts, tagsOf } from '../endpoint/endpoint.js'
import { limitsOf, typeLink } from '../field-tree/field-row.js'
import { filteredTree, modelTree } from '../field-tree/field-tree.js'
import { flagBadges, kindBadge } from '../kind-badge/kind-badge.js'
import { map } from '../map/map.js'
import { nameText } from '../name-text/name-text.js'
import { copyButton, facts, fault, iconButton, part } from '../part/part.js'
import { refParts } from '../refs/refs.js'
import { richText } from '../rich-text/rich-text.js'

/** `details`, `refs`: of the element; `refs` when they are here. `tree`: as for modelTree. `tools`: see headTools. `filter`,
 * `onFilter`: of a long model. `onRefs(use)`: more of a list of uses. */
export function description(props) {
  const { details, tools } = props
  const { kind, self, summary } = details
  return [
    head(details, tools),
    kind === 'endpoint' && summary && !bare(self.description).startsWith(bare(summary)) && element('p', { class: 'lead' }, summary),
    richText({ html: self.html, text: self.description, level: 2 }),
    self.describedBy && element('p', { class: 'quiet' }, t('described-by', { name: self.describedBy })),
    [self.note, details.truncated && t('truncated')].map(fault),
    tagsOf(details),
    PARTS[kind](props),
  ]
}

// A summary with which the description begins need not be read twice.
const bare = (text = '') => text.replace(/<[^>]*>|\W+$/g, '').toLowerCase()

const PARTS = {
  object: (props) => [factsOf(props), model(props), props.refs && [mapOf(props), uses(props)]],
  property: (props) => [factsOf(props), model(props), uses(props)],
  parameter: (props) => [factsOf(props), uses(props)],
  endpoint: (props) => endpointParts(props),
}

function head(details, tools) {
  const { kind, api, apiTitle, apiVersion, owner, ownerId, name, title, method, operationId, self, id, versions } = details
  const isInside = kind === 'property' && owner
  const version = formatVersion(apiVersion)
  const second = kind === 'endpoint' ? operationId : name !== title && name
  return element('header', { class: 'head' },
    element('nav', { class: 'head__line', 'aria-label': t('place') },
      kindBadge({ kind }),
      element('a', { class: 'crumb', href: addressOf(api) }, apiTitle || api),
      version && element('span', { class: 'quiet' }, version),
      isInside && [element('span', { class: 'quiet', 'aria-hidden': 'true' }, '›'),
        element(ownerId ? 'a' : 'span', { class: 'crumb', href: ownerId ? addressOf(ownerId) : null }, splitName(owner).short)],
      headTools(details, tools)),
    element('h1', { id: 'title', tabindex: '-1', class: kind === 'endpoint' ? 'mono' : null },
      method && [element('span', { class: `method method--${method.toLowerCase()}` }, method), ' '],
      nameText(kind === 'endpoint' ? name : title || name)),
    element('p', { class: 'head__name' }, second && element('span', null, nameText(second)), flagBadges(self.flags), versionsOf({ id, versions })))
}

/** The other versions of an element, as links: by their names where these differ, else by what is last in their ids. */
export function versionsOf({ id, versions }) {
  if (!versions) return null
  const isTold = new Set(versions.map(({ version }) => version)).size === versions.length
  return element('span', { class: 'row__versions' }, versions.map((each) =>
    element(each.id === id ? 'b' : 'a', { key: each.id, href: each.id === id ? null : addressOf(each.id) }, isTold ? each.version : each.id.split('/').at(-1))))
}

/** What can be done with the element as a whole. `tools`: { isFavourite, onFavourite, url, markdownUrl }. */
export function headTools({ kind }, { isFavourite, onFavourite, url, markdownUrl }) {
  return element('span', { class: 'head__tools' },
    kind !== 'api' && iconButton('code', t('example'), () => document.getElementById('example')?.focus(), { class: 'icon-button head__down' }),
    iconButton('star', t('favour'), onFavourite, { 'aria-pressed': String(isFavourite) }),
    copyButton('link', t('copy-link', { kind: kindName(kind) }), url, { id: 'copy-link' }),
    iconButton('markdown', t('copy-markdown'), null, { 'data-copy-from': markdownUrl }))
}

function factsOf({ details: { self, owner, ownerId, kind } }) {
  const isObject = kind === 'object'
  if (isObject && (self.fields || self.choices)) return null
  return facts([
    [t('type'), typeLink(self)],
    [t('format'), self.format],
    [t(kind === 'parameter' ? 'of' : 'in-object'), !isObject && owner && element(ownerId ? 'a' : 'span', { class: 'mono', href: ownerId ? addressOf(ownerId) : null }, nameText(owner))],
    [t('sent-in'), self.in && t(`in-${self.in}`)],
    [t('from-title'), self.origin],
    ...limitsOf(self),
  ])
}

function model({ details: { self, id, kind }, tree, filter, onFilter }) {
  if (!self.fields && !self.choices) return null
  const from = kind === 'property' ? fromOf(id) : { id, at: '' }
  return part(t('properties-title'), (kind === 'object' ? filteredTree : modelTree)({ self, tree, from, filter, onFilter }), self.fieldTotal ?? self.fields?.length)
}

// The object that a property belongs to, and the way inside of it.
function fromOf(id) {
  const hash = id.indexOf('#')
  return { id: id.slice(0, hash), at: id.slice(hash + 1) }
}

const uses = ({ refs, details, onRefs }) => refs && refParts({ refs, self: details.self, onRefs })

// Each object once, whatever leads to it.
function mapOf({ details: { title, name, self }, refs }) {
  const distinct = (items) => [...new Map(items.map((item) => [item.id, item])).values()]
  const objectOf = ({ kind, id, name: own, owner }) => (kind === 'property' ? { id: id.split('#')[0], name: splitName(owner).short } : { id, name: splitName(own).short })
  const uses = ['property', 'object', 'endpoint']
  const left = distinct(uses.flatMap((use) => refs.rows[use]).map(objectOf))
  const rest = uses.reduce((sum, use) => sum + refs.totals[use] - refs.rows[use].length, 0)
  const right = distinct((self.fields ?? []).filter(({ typeId }) => typeId).map(({ typeId }) => ({ id: typeId, name: splitName(typeId).short })))
  return map({ name: title || name, left, leftTotal: left.length + rest, right })
}
