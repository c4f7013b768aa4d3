// highlight.js - code as lines of coloured pieces.
//
// The languages that code is written in are enough alike to be told by one pattern: by their comments, texts, names,
// numbers and words. docs/decisions/031 tells why no package does it.

const MOST = 100_000 // characters: longer code stays plain, so that no key waits for it
const KEPT = 30

const KEYWORDS = 'abstract|as|async|await|begin|break|case|catch|class|const|continue|def|defer|do|echo|else|elseif|elif|end|except|export|' +
  'extends|final|finally|fn|for|foreach|from|func|fun|function|guard|if|implements|import|in|include|int|char|interface|let|loop|match|mod|' +
  'module|mut|namespace|new|package|param|private|protected|public|puts|print|raise|require|rescue|return|static|struct|switch|then|throw|' +
  'throws|try|type|unless|use|using|val|var|void|when|where|while|with|yield'
const PIECES = new RegExp([
  /(?<cmnt>\/\*[^]*?\*\/|(?<![:\w])\/\/.*|(?<=^|\s)#(?!include|import|!).*)/,
  /(?<var>"(?:\\.|[^"\\\n])*"(?=\s*:)|^[ \t-]*[\w.$/-]+(?=:(?:\s|$))|\$\{?\w+\}?)/,
  /(?<str>"""[^]*?"""|'''[^]*?'''|`[^`]*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/,
  new RegExp(`(?<kwd>\\b(?:${KEYWORDS})\\b(?!-)|^#(?:include|import)|(?<=\\s)--?[a-zA-Z][\\w-]*)`),
  /(?<bool>\b(?:true|false|null|nil|None|True|False|NULL|self|this)\b)/,
  /(?<num>\b\d[\w.]*)/,
  /(?<class>\b[A-Z]\w+)/,
  /(?<func>\b[a-z_]\w*(?=\())/,
].map(({ source }) => source).join('|'), 'gm')
const PLAIN = new Set(['', 'text', 'plain', 'form', 'multipart', 'xml'])

const known = new Map() // language and code → lines

/** The lines of `code`, each [[text, type or undefined], …]. */
export function highlight(code, language = '') {
  if (PLAIN.has(language) || code.length > MOST) return splitLines([[code]])
  if (!known.has(code)) known.set(code, splitLines(piecesOf(code)))
  if (known.size > KEPT) known.delete(known.keys().next().value)
  return known.get(code)
}

function piecesOf(code) {
  const pieces = []
  let place = 0
  for (const { 0: text, index, groups } of code.matchAll(PIECES)) {
    pieces.push([code.slice(place, index)], [text, Object.keys(groups).find((type) => groups[type] !== undefined)])
    place = index + text.length
  }
  return [...pieces, [code.slice(place)]]
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
