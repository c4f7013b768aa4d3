// highlight.js - code as lines of coloured pieces. The highlighter is loaded after the first paint.
const LANGUAGES = { bash: 'bash', json: 'json', yaml: 'yaml' } // build-steps/trim.mjs keeps their definitions
const MOST = 60_000 // characters: longer code stays plain, so that no key waits for it
const KEPT = 30

const known = new Map() // language and code → lines, or null while they are made
let tokenize = null

export async function loadHighlighter() {
  tokenize = (await import('@speed-highlight/core')).tokenize
}

export function isHighlighterReady() {
  return Boolean(tokenize)
}

/** The lines of `code`, each [[text, type or undefined], …]; plain ones until they are coloured: then `onReady`. */
export function highlight(code, language, onReady) {
  const name = LANGUAGES[language?.toLowerCase()]
  if (!tokenize || !name || code.length > MOST) return plainLines(code)
  const key = `${name} ${code}`
  if (!known.has(key)) colour(key, code, name, onReady)
  return known.get(key) ?? plainLines(code)
}

async function colour(key, code, name, onReady) {
  known.set(key, null)
  if (known.size > KEPT) known.delete(known.keys().next().value)
  const pieces = []
  await tokenize(code, name, (text, type) => pieces.push([text, type]))
  if (!known.has(key)) return
  known.set(key, splitLines(pieces))
  onReady()
}

function plainLines(code) {
  return code.split('\n').map((line) => [[line]])
}

/** Pieces of a whole text as lines of pieces. */
export function splitLines(pieces) {
  const lines = [[]]
  for (const [text, type] of pieces) {
    text.split('\n').forEach((part, place) => {
      if (place > 0) lines.push([])
      if (part) lines.at(-1).push([part, type])
    })
  }
  return lines
}

/** The numbers of the first and the last line that [start, end) touches, or null. */
export function linesOf(code, focus) {
  if (!focus || focus[1] <= focus[0]) return null
  const lineAt = (place) => code.slice(0, place).split('\n').length - 1
  return [lineAt(focus[0]), lineAt(code[focus[1] - 1] === '\n' ? focus[1] - 1 : focus[1])]
}
