// fake-dom.mjs - as much of a DOM as render.js and Page touch, so that they are tested without a browser.

class Node {
  constructor(page) {
    this.ownerDocument = page
    this.childNodes = []
    this.parentNode = null
  }

  get firstChild() {
    return this.childNodes[0] ?? null
  }

  get nextSibling() {
    const siblings = this.parentNode?.childNodes ?? []
    return siblings[siblings.indexOf(this) + 1] ?? null
  }

  get isConnected() {
    return this === this.ownerDocument.root || Boolean(this.parentNode?.isConnected)
  }

  insertBefore(child, place) {
    child.parentNode?.removeChild(child)
    const at = place ? this.childNodes.indexOf(place) : this.childNodes.length
    if (at < 0) throw new Error('the place is no child')
    this.childNodes.splice(at, 0, child)
    child.parentNode = this
    this.ownerDocument.moves++
  }

  removeChild(child) {
    const at = this.childNodes.indexOf(child)
    if (at < 0) throw new Error('no child')
    this.childNodes.splice(at, 1)
    child.parentNode = null
    if (this.ownerDocument.activeElement === child) this.ownerDocument.activeElement = null // as browsers do
  }
}

class Element extends Node {
  constructor(page, tag, namespaceURI) {
    super(page)
    Object.assign(this, { tag, namespaceURI, attributes: {}, listeners: {}, value: '' })
  }

  setAttribute(name, value) {
    this.attributes[name] = String(value)
  }

  removeAttribute(name) {
    delete this.attributes[name]
  }

  replaceChildren(...nodes) {
    for (const node of [...this.childNodes]) this.removeChild(node)
    for (const node of nodes) this.insertBefore(node, null)
  }

  addEventListener(type, listener) {
    (this.listeners[type] ??= []).push(listener)
  }

  fire(type, detail = {}) {
    for (const listener of this.listeners[type] ?? []) listener({ type, target: this, ...detail })
  }

  focus() {
    this.ownerDocument.activeElement = this
    this.selectionStart = this.selectionEnd = 0
  }

  setSelectionRange(start, end) {
    Object.assign(this, { selectionStart: start, selectionEnd: end })
  }

  get text() {
    return this.childNodes.map((child) => child.data ?? child.text).join('')
  }
}

/** A document with one connected element, `root`. `moves` counts insertions. */
export function fakePage() {
  const page = { activeElement: null, title: '', moves: 0 }
  page.createElement = (tag) => new Element(page, tag, 'html')
  page.createElementNS = (space, tag) => new Element(page, tag, space)
  page.createTextNode = (data) => Object.assign(new Node(page), { data })
  page.root = page.createElement('main')
  return page
}
