// sanitize.js - markup from specifications, which anyone may have written, as markup that is safe to show.
//
// DOMPurify is loaded after the first paint; until then a text is shown without its markup.
const OPTIONS = {
  // No images and no styles: nothing in a description may call a third party or dress up as the page.
  ALLOWED_TAGS: ['div', 'p', 'br', 'hr', 'a', 'code', 'pre', 'em', 'strong', 'b', 'i', 'u', 's', 'del', 'ins', 'sub', 'sup', 'kbd',
    'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6',
    'table', 'thead', 'tbody', 'tr', 'th', 'td', 'details', 'summary'],
  ALLOWED_ATTR: ['href', 'title', 'start', 'colspan', 'rowspan'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
}
const KEPT = 1000 // texts; a page shows fewer

const known = new Map()
let purify = null

/** Loads the sanitizer; call it once the page is painted. */
export async function loadSanitizer() {
  purify = (await import('dompurify')).default
}

export function isSanitizerReady() {
  return Boolean(purify)
}

/** A fragment that is safe to show, or null while the sanitizer is not there. Headings begin at level `level`. */
export function sanitize(html, level) {
  if (!purify) return null
  const key = `${level} ${html}`
  if (!known.has(key)) known.set(key, clean(html, level))
  if (known.size > KEPT) known.delete(known.keys().next().value)
  return known.get(key)
}

function clean(html, level) {
  const fragment = purify.sanitize(html, OPTIONS)
  for (const link of fragment.querySelectorAll('a')) makeSafeLink(link)
  levelHeadings(fragment, level)
  return fragment
}

// A relative address is meant for the site that the specification was written for, not for this one.
function makeSafeLink(link) {
  if (/^(?:https?:\/\/|mailto:)/i.test(link.getAttribute('href') ?? '')) {
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
  } else {
    link.replaceWith(...link.childNodes)
  }
}

// Fits the headings of a description below the page's own, with no level left out.
function levelHeadings(fragment, level) {
  let last = level - 1
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    last = Math.min(6, last + 1, Number(heading.tagName[1]) + level - 1)
    const fitted = document.createElement(`h${last}`)
    fitted.append(...heading.childNodes)
    heading.replaceWith(fitted)
  }
}
