// plain-text.js - Markdown in one line, for places that show no more than a sentence.

const SENTENCE_END = /[.!?](?=\s|$)/g
const ABBREVIATION = /\b(?:e\.g|i\.e|etc|vs|cf|resp|approx|Inc|No)\.$/i

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

/** The first sentence of a text in one line. */
export function firstSentence(text) {
  for (const { index } of text.matchAll(SENTENCE_END)) {
    const sentence = text.slice(0, index + 1)
    if (!ABBREVIATION.test(sentence)) return sentence
  }
  return text
}
