// trim.mjs - leaves out of two packages what the page never uses.
//
// @speed-highlight/core comes as one file with all its languages; socket.io-client with a transport that our server
// does not speak, and with binary attachments, which no event has. Should a new version be built in another way, nothing is left out and the size test says so.
import { readFileSync } from 'node:fs'

// Those of model/highlight.js, and those that they use for parts of themselves.
const LANGUAGES = new Set(['bash', 'json', 'plain', 'todo', 'yaml'])

/** An esbuild plugin. */
export const trim = {
  name: 'trim',
  setup(build) {
    build.onLoad({ filter: /@speed-highlight\/core\/dist\/index\.js$/ }, ({ path }) => ({ contents: withoutLanguages(readFileSync(path, 'utf8')) }))
    build.onLoad({ filter: /engine\.io-client\/.*\/webtransport\.js$/ }, () => ({ contents: 'export class WT {}' }))
    build.onLoad({ filter: /socket\.io-parser\/.*\/is-binary\.js$/ }, () => ({ contents: 'export const isBinary = () => false, hasBinary = isBinary' }))
    build.onLoad({ filter: /socket\.io-parser\/.*\/binary\.js$/ }, () => ({ contents: 'export const deconstructPacket = () => {}, reconstructPacket = deconstructPacket' }))
  },
}

/** Empties the definitions of the languages that are not wanted: each is filled in by a function of its own, which the
 * table of languages names as `"./languages/x.js":()=>Promise.resolve().then(()=>(fill(),exports))`. */
function withoutLanguages(source) {
  let trimmed = source
  for (const [, language, fill] of source.matchAll(/"\.\/languages\/([\w-]+)\.js":\(\)=>Promise\.resolve\(\)\.then\(\(\)=>\(([\w$]+)\(\)/g)) {
    if (LANGUAGES.has(language)) continue
    const name = fill.replaceAll('$', '\\$')
    trimmed = trimmed.replace(new RegExp(`([ ,]${name}=[\\w$]+\\(\\(\\)=>{)[^]*?(}\\);var )`), (_, start, end) => start + end)
  }
  return trimmed
}
