// element.js - what a component returns: a plain description of a DOM element.

/** Describes one element. `props` hold attributes, `on…` listeners, `key` (identity among its siblings), `fragment` (a
 * DocumentFragment of which a copy is shown instead of children) and `use` (called with the DOM element after every
 * update). null, false and '' children are left out, arrays are flattened. */
export function element(tag, props, ...children) {
  const { key, ...rest } = props ?? {}
  return { tag, key, props: rest, children: describe(children) }
}

/** Keeps what a large component returned for as long as its inputs are the same: render() skips it then. */
export class Kept {
  #inputs = null
  #content

  of(inputs, describe_) {
    if (!this.#inputs || inputs.some((input, place) => input !== this.#inputs[place])) {
      this.#inputs = inputs
      this.#content = describe_()
    }
    return this.#content
  }
}

/** Flattens `content` and gives each node an identity that is unique among its siblings: by its key,
 * else by its place among the unkeyed siblings of the same tag. */
export function describe(content) {
  const nodes = []
  flatten(content, nodes)
  const seen = new Map()
  for (const node of nodes) node.identity = identify(node, seen)
  return nodes
}

function flatten(content, nodes) {
  if (Array.isArray(content)) for (const part of content) flatten(part, nodes)
  else if (typeof content === 'object' && content !== null) nodes.push(content)
  else if (typeof content === 'number' || (typeof content === 'string' && content !== '')) {
    nodes.push({ tag: '#text', text: String(content) })
  }
}

function identify(node, seen) {
  const name = node.key === undefined ? node.tag : `${node.tag} ${node.key}`
  const nth = seen.get(name) ?? 0
  seen.set(name, nth + 1)
  return `${name} ${nth}`
}
