// part.js - a titled part of a pane, and the small things that all panes are made of.
import { element } from '../../framework/element.js'
import { formatCount, said } from '../../model/texts.js'
import { icon } from '../icon/icon.js'

export function part(title, content, count) {
  return element('section', { class: 'part', key: title },
    element('h2', { tabindex: '-1' }, title, count > 0 && element('span', { class: 'part__count' }, formatCount(count))), content)
}

export const code = (text) => element('code', null, text)

/** One line of Markdown: what stands in backticks is code. */
export const inline = (text) => text.split(/`+([^`]*)`+/).map((piece, place) => (place % 2 ? code(piece) : piece))

/** What is wrong here, as the server says it. */
export const fault = (note) => note && element('p', { class: 'fault', key: note }, inline(said(note)))

export const button = (name, onClick, props) => element('button', { class: 'button', type: 'button', key: name, onClick, ...props }, name)

export const iconButton = (name, title, onClick, props) =>
  element('button', { class: 'icon-button', type: 'button', key: title, title, 'aria-label': title, onClick, ...props }, icon(name))

/** A button that copies `text`, see clipboard.js. */
export const copyButton = (name, title, text, props) => iconButton(name, title, null, { 'data-copy': text, ...props })

/** A link to another site. */
export const outside = (url, text = url) =>
  (/^(?:https?:|mailto:)/i.test(url) ? element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, text) : text)

/** One of several, as native radio buttons in a row. `choices`: [[value, text]]. */
export function segments({ name, label, choices, value, onChoose }) {
  return element('fieldset', { class: 'segments', key: name },
    element('legend', { class: 'unseen' }, label),
    choices.map(([each, text]) => element('label', { class: 'segment', key: each },
      element('input', { type: 'radio', class: 'unseen', name, value: each, checked: each === value, onChange: () => onChoose(each) }), text)))
}

/** Names and what is told of each, one a line; those that have something. `rows`: [[name, content]]. */
export function facts(rows, className = 'facts') {
  const told = rows.filter(([, content]) => content)
  return told.length > 0 && element('dl', { class: className }, told.map(([name, content]) => element('div', { key: name },
    element('dt', null, name), element('dd', null, content))))
}
