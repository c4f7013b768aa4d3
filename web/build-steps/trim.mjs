// trim.mjs - leaves out of two packages what the page never uses.
//
// DOMPurify comes with lists of what it lets through when it is not told; socket.io-client with a transport that our
// server does not speak, and with binary attachments, which no event has. Should a new version be built in another way, nothing is left out and the size test says so.
import { readFileSync } from 'node:fs'

const WHOLE = [ // files that become something else
  [/engine\.io-client\/.*\/webtransport\.js$/, 'export class WT {}'],
  [/engine\.io-client\/.*\/polling-fetch\.js$/, 'export class Fetch {}'],
  [/engine\.io-parser\/.*\/base64-arraybuffer\.js$/, 'export const decode = () => {}'],
  [/socket\.io-parser\/.*\/is-binary\.js$/, 'export const isBinary = () => false, hasBinary = isBinary'],
  [/socket\.io-parser\/.*\/binary\.js$/, 'export const deconstructPacket = () => {}, reconstructPacket = deconstructPacket'],
]

/** An esbuild plugin. */
export const trim = {
  name: 'trim',
  setup(build) {
    const change = (filter, how) => build.onLoad({ filter }, ({ path }) => ({ contents: how(readFileSync(path, 'utf8')) }))
    for (const [filter, contents] of WHOLE) change(filter, () => contents)
    change(/dompurify\/dist\/purify\.es\.mjs$/, withoutLists)
  },
}

/** Empties the lists of tags and attributes of HTML, SVG and MathML. model/sanitize.js names all that it lets through,
 * so that less could only get stricter. */
function withoutLists(source) {
  return source.replace(/^(const (?:html|svg|mathMl|xml|svgFilters|svgDisallowed|mathMlDisallowed)(?:\$1)? = freeze\(\[)[^\]]*\]/gm, '$1]')
}
