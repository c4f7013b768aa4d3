// elements.mjs - the elements of specifications for the search peers, read with nothing of ours:
// node bench/peers/elements.mjs OUT.jsonl FILE-OR-FOLDER
//
// A line is {kind, name, owner, op, method, api, text}, in the terms in which the query sets tell what they want.

import { createWriteStream, readFileSync, readdirSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { join, relative } from 'node:path'

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const word = (value) => (typeof value === 'string' ? value : '')

/** The parameter, or the one of `components` that it refers to. */
function resolve(specification, parameter) {
  const match = /^#\/components\/parameters\/(.+)$/.exec(parameter?.$ref ?? '')
  return match ? specification.components?.parameters?.[decodeURIComponent(match[1]).replaceAll('~1', '/').replaceAll('~0', '~')] : parameter
}

function* parametersOf(specification, list, owner) {
  for (const each of Array.isArray(list) ? list : []) {
    const parameter = resolve(specification, each)
    if (parameter?.name) yield { kind: 'parameter', name: parameter.name, owner, text: word(parameter.description) }
  }
}

function* endpointsOf(specification) {
  for (const [path, item] of Object.entries(specification.paths ?? {})) {
    for (const method of methods) {
      const operation = item?.[method]
      if (!operation) continue
      const text = `${word(operation.summary)} ${word(operation.description)}`.trim()
      yield { kind: 'endpoint', name: path, method, op: word(operation.operationId), text }
      yield* parametersOf(specification, operation.parameters, `${method} ${path}`)
    }
    yield* parametersOf(specification, item?.parameters, path)
  }
}

/** Properties of a schema, those of its inline objects, arrays and allOf parts included. */
function* propertiesOf(schema, owner, depth = 0) {
  if (typeof schema !== 'object' || schema === null || depth > 8) return
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield { kind: 'property', name, owner, text: word(property?.description) }
    yield* propertiesOf(property, `${owner}.${name}`, depth + 1)
  }
  yield* propertiesOf(schema.items, owner, depth + 1)
  for (const part of Array.isArray(schema.allOf) ? schema.allOf : []) yield* propertiesOf(part, owner, depth + 1)
}

function* objectsOf(specification) {
  for (const [name, schema] of Object.entries(specification.components?.schemas ?? {})) {
    yield { kind: 'object', name, text: word(schema?.description) }
    yield* propertiesOf(schema, name)
  }
}

function* elementsOf(specification, api) {
  yield { kind: 'api', name: word(specification.info?.title), api, text: word(specification.info?.description) }
  for (const element of endpointsOf(specification)) yield { ...element, api }
  for (const element of objectsOf(specification)) yield { ...element, api }
}

const [out, from] = process.argv.slice(2)
const files = statSync(from).isDirectory()
  ? readdirSync(from, { recursive: true }).filter((file) => file.endsWith('.json')).map((file) => join(from, file))
  : [from]
const stream = createWriteStream(out)
for (const file of files.sort()) {
  const api = (statSync(from).isDirectory() ? relative(from, file) : file.replace(/.*\//, '')).replace(/\.json$/, '')
  for (const element of elementsOf(JSON.parse(readFileSync(file, 'utf8')), api))
    if (!stream.write(JSON.stringify(element) + '\n')) await once(stream, 'drain')
}
stream.end()
await once(stream, 'finish')
