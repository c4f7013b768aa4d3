// render.js - makes the DOM below a container equal to what a component describes.
//
// Nodes that keep their identity keep their DOM element, so focus, caret and scroll position survive.
import { describe } from './element.js'

const SVG = 'http://www.w3.org/2000/svg'
const rendered = new WeakMap(); // container → the nodes it shows
const listeners = new WeakMap(); // DOM element → { event type: function }
const AS_PROPERTY = new Set(['value', 'checked']); // the attribute would only be the first value

/** Shows `content` (a description or a list of them) in `container`, instead of what the page brought along there. */
export function render(container, content) {
  const nodes = describe([content])
  const focus = rememberFocus(container.ownerDocument)
  const uses = []
  if (!rendered.has(container)) container.replaceChildren()
  updateChildren(container, rendered.get(container) ?? [], nodes, uses)
  rendered.set(container, nodes)
  restoreFocus(container.ownerDocument, focus)
  for (const [use, target] of uses) use(target)
}

function updateChildren(parent, before, after, uses) {
  const kept = new Map(before.map((node) => [node.identity, node]))
  for (const node of after) {
    const old = kept.get(node.identity)
    kept.delete(node.identity)
    node.dom = old ? old.dom : create(parent, node)
    update(node, old, uses)
  }
  for (const gone of kept.values()) parent.removeChild(gone.dom)
  let place = parent.firstChild
  for (const { dom } of after) {
    if (dom === place) place = dom.nextSibling
    else parent.insertBefore(dom, place)
  }
}

function create(parent, node) {
  const page = parent.ownerDocument
  if (node.tag === '#text') return page.createTextNode(node.text)
  const isSvg = node.tag === 'svg' || parent.namespaceURI === SVG
  return isSvg ? page.createElementNS(SVG, node.tag) : page.createElement(node.tag)
}

function update(node, old, uses) {
  if (node === old) return
  if (node.tag === '#text') {
    if (old && old.text !== node.text) node.dom.data = node.text
    return
  }
  const before = old?.props ?? {}
  for (const name in before) if (!(name in node.props)) setProp(node.dom, name, undefined, before[name])
  if (!node.props.fragment) updateChildren(node.dom, old?.children ?? [], node.children, uses)
  for (const name in node.props) setProp(node.dom, name, node.props[name], before[name])
  if (node.props.use) uses.push([node.props.use, node.dom])
}

function setProp(dom, name, value, old) {
  if (name === 'use') return
  if (AS_PROPERTY.has(name)) {
    if (dom[name] !== value) dom[name] = value ?? ''
  } else if (value === old) {
    return
  } else if (name === 'fragment') {
    dom.replaceChildren(...(value ? [value.cloneNode(true)] : []))
  } else if (name.startsWith('on')) {
    setListener(dom, name.slice(2).toLowerCase(), value)
  } else if (value === undefined || value === null || value === false) {
    dom.removeAttribute(name)
  } else {
    dom.setAttribute(name, value === true ? '' : value)
  }
}

function setListener(dom, type, listener) {
  let own = listeners.get(dom)
  if (!own) listeners.set(dom, (own = {}))
  if (!(type in own)) dom.addEventListener(type, (event) => own[type]?.(event))
  own[type] = listener
}

// A focused element that had to be moved loses focus and selection; an input that stayed does not.
function rememberFocus(page) {
  const target = page.activeElement
  return { target, start: target?.selectionStart, end: target?.selectionEnd }
}

function restoreFocus(page, { target, start, end }) {
  if (!target || target === page.activeElement || !target.isConnected) return
  target.focus({ preventScroll: true })
  if (typeof start === 'number') target.setSelectionRange(start, end)
}
