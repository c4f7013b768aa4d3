// api-overview.js - an API before anything in it is chosen.
import { element } from '../../framework/element.js'
import { formatCount, formatVersion, t } from '../../model/texts.js'
import { headTools, versionsOf } from '../description/description.js'
import { access } from '../endpoint/endpoint.js'
import { kindBadge } from '../kind-badge/kind-badge.js'
import { button, facts, outside, part } from '../part/part.js'
import { refItem } from '../refs/refs.js'
import { richText } from '../rich-text/rich-text.js'

const FIRST = 12

/** `details`: of the API as an element; `api`: its own. `methods`: [{ name, count }], when they are here. `browsed`: { name, hits },
 * the endpoints of a tag; `onBrowse(name)`. `open`, `onOpen(list)`: which lists are shown whole. */
export function apiOverview({ api, details, tools, methods, browsed, open, onBrowse, onOpen }) {
  const { about = {}, self, tags = [], places = [], placeTotal } = details
  const list = (name, items, tag, className, show) => [
    element(tag, { class: className }, items.slice(0, open.has(name) ? Infinity : FIRST).map(show)),
    items.length > FIRST && !open.has(name) && button(t('show-more', { count: items.length - FIRST }), () => onOpen(name))]
  return [
    element('header', { class: 'head' },
      element('div', { class: 'head__line' }, kindBadge({ kind: 'api' }), element('span', { class: 'quiet' }, [api.provider, api.category].filter(Boolean).join(' · ')),
        headTools(details, tools)),
      element('h1', { id: 'title', tabindex: '-1' }, api.title || api.id),
      element('p', { class: 'head__name' }, [api.id, formatVersion(api.version)].filter(Boolean).join(' · '), versionsOf(details))),
    element('ul', { class: 'counts' }, Object.entries(api.counts).map(([kind, count]) => element('li', { key: kind }, element('b', null, formatCount(count)), ' ', t(kind)))),
    richText({ html: self.html, text: self.description, level: 2 }),
    facts([
      [t('docs'), self.docs && outside(self.docs.url, self.docs.description || self.docs.url)],
      [t('contact'), (about.contact || about.contactUrl || about.contactEmail) && [
        outside(about.contactUrl ?? '', about.contact || about.contactUrl), ' ', about.contactEmail && outside(`mailto:${about.contactEmail}`, about.contactEmail)]],
      [t('license'), about.license && outside(about.licenseUrl ?? '', about.license)],
      [t('terms'), about.terms && outside(about.terms)],
    ]),
    access(details),
    methods?.length > 0 && part(t('by-method'), bars(methods, ({ name }) => element('span', { class: `method method--${name}` }, name.toUpperCase()))),
    tags.length > 0 && part(t('browse'), list('tags', [...tags].sort((a, b) => b.count - a.count), 'div', 'browse', (tag) => tagOf(tag, tags, browsed, onBrowse)), tags.length),
    places.length > 0 && part(t('begin-with'), list('places', places, 'ol', 'places', (place) => refItem({ ...place, use: 'place' })), placeTotal),
  ]
}

function bars(rows, nameOf) {
  return element('ul', { class: 'bars' }, rows.map((row) => element('li', { key: row.name }, nameOf(row), bar(row.count, rows), formatCount(row.count))))
}

// The longest bar is that of the largest number.
function bar(count, rows) {
  const most = Math.max(...rows.map((row) => row.count), 1)
  return element('svg', { class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    element('rect', { width: count && Math.max(1, (100 * count) / most), height: 8 }))
}

function tagOf({ name, count, html, description }, tags, browsed, onBrowse) {
  const isOpen = browsed?.name === name
  return element('div', { key: name },
    element('button', { class: 'browse__tag', type: 'button', 'aria-expanded': String(isOpen), onClick: () => onBrowse(isOpen ? null : name) },
      element('span', null, name), bar(count, tags), element('span', { class: 'quiet' }, formatCount(count))),
    isOpen && [richText({ html, text: description, level: 3 }),
      element('ol', { class: 'places' }, browsed.hits.map((hit) => refItem({ ...hit, use: 'place' }))),
      browsed.rest > 0 && element('p', { class: 'quiet' }, t('not-listed', { count: browsed.rest }))])
}
