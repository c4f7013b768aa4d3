// grow_catalogue.mjs - a catalogue of many times the size: node bench/grow_catalogue.mjs FROM TO TIMES
//
// Every specification is copied under a new name with drift, as the versions and forks of real APIs have it: in each
// copy one object and one property name in ten is renamed (references with it), and one description in ten differs. The
// drift is drawn from the names themselves, so that the same call always writes the same files.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A number below `most` that the text decides (FNV-1a). */
function draw(text, most) {
  let hash = 2166136261
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619)
  return (hash >>> 0) % most
}

const drifts = (name, copy) => draw(`${copy}/${name}`, 10) === 0
const renamed = (name, copy) => (drifts(name, copy) ? `${name}${['V', 'Alt', 'Ext', 'Next'][draw(name, 4)]}${copy}` : name)

function driftProperties(properties, copy) {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [renamed(name, copy), drift(schema, copy)]))
}

/** A copy of any part of a specification. */
function drift(value, copy) {
  if (Array.isArray(value)) return value.map((each) => drift(each, copy))
  if (typeof value !== 'object' || value === null) return value
  const result = {}
  for (const [name, member] of Object.entries(value)) {
    if (name === 'properties' && typeof member === 'object' && !Array.isArray(member)) result[name] = driftProperties(member, copy)
    else if (name === 'required' && Array.isArray(member)) result[name] = member.map((each) => (typeof each === 'string' ? renamed(each, copy) : each))
    else if (name === '$ref' && typeof member === 'string') result[name] = member.replace(/[^/]+$/, (last) => renamed(last, copy))
    else if (name === 'schemas' && typeof member === 'object') result[name] = driftProperties(member, copy)
    else if (name === 'description' && typeof member === 'string' && drifts(member, copy)) result[name] = `${member} Variant ${copy}.`
    else result[name] = drift(member, copy)
  }
  return result
}

const [from, to, times] = process.argv.slice(2)
if (!(times >= 1)) {
  console.error('usage: node bench/grow_catalogue.mjs FROM-FOLDER TO-FOLDER TIMES')
  process.exit(2)
}
for (const file of readdirSync(from, { recursive: true }).filter((name) => name.endsWith('.json'))) {
  const specification = JSON.parse(readFileSync(join(from, file), 'utf8'))
  for (let copy = 0; copy < times; copy++) {
    const target = join(to, copy ? `copy${copy}` : '', file)
    mkdirSync(dirname(target), { recursive: true })
    const changed = copy ? drift(specification, copy) : specification
    if (copy) changed.info = { ...changed.info, title: `${changed.info?.title ?? file} ${copy}` }
    writeFileSync(target, JSON.stringify(changed))
  }
}
