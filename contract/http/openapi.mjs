// openapi.mjs - openapi.json beside it with the schemas of the events in it, as one document.
//
//   node contract/http/openapi.mjs FILE     writes it there
//
// "definitions.json#/$defs/field" becomes "#/components/schemas/Field", a file of an event gives the words before it:
// "app-api-load-action.json#/$defs/reply" becomes "#/components/schemas/ApiLoadReply".
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = dirname(dirname(fileURLToPath(import.meta.url)))
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))

const words = (text) => text.split('-').map((word) => word[0].toUpperCase() + word.slice(1)).join('')

function componentOf(file, name) {
  const event = file.replace(/\.json$/, '').replace(/^app-/, '').replace(/-action$/, '')
  return (event === 'definitions' ? '' : words(event)) + words(name)
}

/** The whole document, an object. */
export function openapiDocument() {
  const document = read('http/openapi.json'), files = new Map()
  const { schemas } = document.components
  // `file`: where the value stands, for references inside of it.
  const bundle = (value, file) => {
    if (Array.isArray(value)) return value.map((item) => bundle(item, file))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) =>
      [key, key === '$ref' && typeof inner === 'string' ? referenceTo(inner, file) : bundle(inner, file)]))
  }
  const referenceTo = (reference, file) => {
    const [, other, name] = /^([^#]*)#\/\$defs\/(.+)$/.exec(reference) ?? []
    if (name === undefined) return reference
    const from = other || file, component = componentOf(from, name)
    if (!files.has(from)) files.set(from, read(from))
    if (!(component in schemas)) {
      schemas[component] = {} // references in a circle find it
      schemas[component] = bundle(files.get(from).$defs[name], from)
    }
    return `#/components/schemas/${component}`
  }
  for (const name of Object.keys(schemas)) schemas[name] = bundle(schemas[name])
  document.paths = bundle(document.paths)
  document.components.responses = bundle(document.components.responses)
  return document
}

/** The same as text. */
export const openapiText = () => `${JSON.stringify(openapiDocument(), null, 1)}\n`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = resolve(process.argv[2])
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, openapiText())
}
