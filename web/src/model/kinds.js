// kinds.js - how the kinds of elements are called.
const NAMES = {
  api: ['API', 'APIs'],
  object: ['object', 'objects'],
  property: ['property', 'properties'],
  endpoint: ['endpoint', 'endpoints'],
  parameter: ['parameter', 'parameters'],
}

/** "object", "2 objects": the kind's name, counted where a number is given. */
export function kindName(kind, count) {
  const [one, many] = NAMES[kind] ?? [kind, kind]
  if (count === undefined) return one
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

const counts = new Intl.NumberFormat('en')

export function formatCount(count) {
  return counts.format(count ?? 0)
}
