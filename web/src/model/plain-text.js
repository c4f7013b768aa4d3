// plain-text.js - Markdown in one line, until what renders it is here.

/** The text of Markdown (or HTML) without its marks, in one line. */
export function plainText(markdown) {
  return markdown
    .replace(/<[^>]*>/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|[>*+-]|\d+\.)\s+/gm, '')
    .replace(/(\*\*|__|`+|~~)(.*?)\1/g, '$2')
    .replace(/\s+/g, ' ')
    .trim()
}
