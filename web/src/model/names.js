// names.js - the parts of a name.

/** "io.k8s.api.core.v1.PodSpec" as { prefix: "io.k8s.api.core.v1.", short: "PodSpec" }; a name whose last part
 * is no more than a version, or that holds a space, stays whole. */
export function splitName(name) {
  const dot = name.lastIndexOf('.')
  const short = name.slice(dot + 1)
  if (dot < 1 || !/^[A-Za-z_]\w*$/.test(short) || /^v?\d/i.test(short) || name.includes(' ')) return { prefix: '', short: name }
  return { prefix: name.slice(0, dot + 1), short }
}

/** The part of `ranges` that lies behind `offset`, counted from there. */
export function shiftRanges(ranges = [], offset) {
  return ranges.filter(([, end]) => end > offset).map(([start, end]) => [Math.max(0, start - offset), end - offset])
}

/** The name of an element, by its details, as its page tells it. */
export function titleOf({ kind, name, title, method }) {
  return kind === 'endpoint' ? `${method ?? ''} ${name}`.trim() : title || name
}
