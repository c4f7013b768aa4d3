// api-overview.js - an API before anything in it is chosen.
import { element } from '../../framework/element.js'
import { formatCount } from '../../model/kinds.js'
import { kindBadge } from '../kind-badge/kind-badge.js'
import { placeList } from '../place-list/place-list.js'
import { richText } from '../rich-text/rich-text.js'

/** `words`: [{ word, total }], what to search for first. `details`: of the API as an element, when they are here. */
export function apiOverview({ api, details, words, tree, onWord, isOpen, onOpen }) {
  return [
    element('header', { class: 'head' },
      element('div', { class: 'head__line' }, kindBadge({ kind: 'api' }), element('span', { class: 'quiet' }, [api.provider, api.category].filter(Boolean).join(' · '))),
      element('h1', { id: 'title', tabindex: '-1' }, api.title || api.id),
      element('p', { class: 'head__name' }, [api.id, api.version].filter(Boolean).join(' · '))),
    counts(api.counts),
    words.length > 0 && wordButtons(words, onWord),
    element('section', { class: 'part' }, element('h2', null, 'Description'),
      api.description ? richText({ html: api.html, text: api.description, level: 3 }) : element('p', { class: 'quiet' }, 'The specification has none.')),
    details?.places?.length > 0 && placeList({ title: 'Browse', places: details.places, total: details.placeTotal, tree, isOpen, onOpen }),
    details?.servers?.length > 0 && element('section', { class: 'part' }, element('h2', null, details.servers.length > 1 ? 'Servers' : 'Server'),
      element('ul', { class: 'plain' }, details.servers.map(({ url }) => element('li', { key: url }, element('code', null, url))))),
  ]
}

function counts(totals = {}) {
  const kinds = ['endpoints', 'objects', 'properties', 'parameters']
  return element('ul', { class: 'counts' }, kinds.map((kind) => element('li', { key: kind },
    element('b', null, formatCount(totals[kind])), ' ', kind)))
}

function wordButtons(words, onWord) {
  return element('section', { class: 'part', 'aria-labelledby': 'words' },
    element('h2', { id: 'words' }, 'Words to begin with'),
    element('div', { class: 'words' }, words.map(({ word, total }) =>
      element('button', { class: 'button', type: 'button', key: word, onClick: () => onWord(word) },
        word, element('span', { class: 'button__count' }, formatCount(total))))))
}
