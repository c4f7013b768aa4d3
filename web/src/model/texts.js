// texts.js - what the page says, in the reader's language: web/src/texts/ has a file a language.
//
// A text may have places, "{name}", and forms by the number {count}, under the names of Intl.PluralRules.
let texts = {}
let plural, numbers, dates

/** The languages there are, as { code: address of the file }: the build names them in the head of the page. */
export const languages = () => JSON.parse(document.querySelector('meta[name=texts]').content)

/** The one that is spoken. boot.js chooses it before the first paint. */
export const language = () => document.documentElement.lang

/** Fetches the texts of `code` and speaks it from then on. */
export async function speak(code) {
  use(await (await fetch(languages()[code])).json(), code)
  document.documentElement.lang = code
}

/** The same with texts that are here. */
export function use(fresh, code) {
  texts = fresh
  plural = new Intl.PluralRules(code)
  numbers = new Intl.NumberFormat(code)
  dates = new Intl.DateTimeFormat(code, { dateStyle: 'medium', timeZone: 'UTC' })
}

/** The text named `key` with `values` in its places; a list of parts where a value is an element or a list. */
export function t(key, values = {}) {
  const text = texts[key] ?? key
  const parts = (text.other ? text[plural.select(values.count)] ?? text.other : text).split(/{(\w+)}/)
    .map((part, place) => (place % 2 ? shown(values[part]) : part))
  return parts.some((part) => typeof part === 'object') ? parts : parts.join('')
}

/** What is told under `key` and is a list. */
export const listOf = (key) => texts[key] ?? []

const shown = (value) => (typeof value === 'number' ? formatCount(value) : value ?? '')

export const formatCount = (count) => numbers.format(count ?? 0)

/** The version of an API. Some are moments, as a script writes them: of these the day is told. */
export function formatVersion(version = '') {
  if (version === 'unversioned') return ''
  return /^\w{3} \w{3} \d\d \d{4} \d\d:|^\d{4}-\d\d-\d\dT/.test(version) && Date.parse(version) ? dates.format(Date.parse(version)) : version
}

/** What the server says in English, in the reader's language, as far as its file knows the sentence. What stands in the
 * places of a sentence may be one itself. */
export function said(sentence) {
  for (const [pattern, translation] of listOf('said')) {
    const words = new RegExp(`^${pattern}$`).exec(sentence)
    if (words) return translation.replace(/\$(\d)/g, (_, place) => said(words[place] ?? ''))
  }
  return sentence
}
