// rich-text.js - a description with its markup.
import { element } from '../../framework/element.js'
import { sanitize } from '../../model/sanitize.js'

/** `html`: as the server sent it; `text`: its Markdown, shown until the sanitizer is there. `level`: of its
 * first headings. */
export function richText({ html, text, level = 3 }) {
  if (!html && !text) return null
  const safe = html ? sanitize(html, level) : null
  if (safe) return element('div', { class: 'rich', key: 'html', fragment: safe })
  return element('div', { class: 'rich', key: 'text' }, element('p', null, text))
}
