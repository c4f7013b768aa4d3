// controller.js - addresses to pages, over the History API.

/** The first route that fits a path: "/about" fits itself, "/things/*" all that begins with "/things/". */
export function findRoute(routes, path) {
  return routes.find(({ path: pattern }) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern)
}

/** Whether the browser should be left alone with a click: modified, on another site, for another tab. */
export function isForeignClick(event, link, origin) {
  return event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey ||
    !link?.getAttribute('href') || link.hasAttribute('target') || link.hasAttribute('download') || urlOf(link, origin).origin !== origin
}

// Not its property: a link in a picture (SVG) has none that is a text.
const urlOf = (link, origin) => new URL(link.getAttribute('href'), origin)

// Browsers stop a page that writes its history at every keystroke (Safari: 100 times in 30 seconds).
const REWRITE_PAUSE = 200 // milliseconds

export class Controller {
  #window
  #routes
  #context
  #route
  #page
  #address = null // what rewrite() was told, and is not written yet
  #timer

  /** `routes`: [{ path, page }], the last of which fits every path; a page is a class that extends Page and is built
   * with `context`, to which the controller adds itself. */
  constructor({ window, routes, context }) {
    this.#window = window
    this.#routes = routes
    this.#context = { ...context, controller: this }
  }

  /** Shows the page of the current address and follows links, back and forward from here on. */
  start() {
    const { history, document } = this.#window
    history.scrollRestoration = 'manual' // what an entry shows may come later than the browser would scroll
    this.#window.addEventListener('popstate', () => {
      this.#forget() // it was meant for the entry that was left
      this.#enter('history')
    })
    this.#window.addEventListener('scroll', () => this.rewrite(this.#address), { passive: true })
    this.#window.addEventListener('pagehide', () => this.#write())
    document.addEventListener('click', (event) => this.#onClick(event))
    this.#enter('start')
  }

  /** The page that is shown. */
  get page() {
    return this.#page
  }

  /** Goes to `address` ("/things/x?q=y#z"), as a new entry of the history. */
  go(address, how = 'go') {
    this.#write()
    this.#window.history.pushState(null, '', address)
    this.#enter(how)
  }

  /** Writes `address` over the current entry of the history, and where it is scrolled to; at the latest before it is left
   * by go() or a link. The page is not told: it knows already. */
  rewrite(address) {
    this.#forget()
    this.#address = address
    this.#timer = this.#window.setTimeout(() => this.#write(), REWRITE_PAUSE)
  }

  /** For a page that shows what its address is about: scrolls to where it was when it was left; a new one to its top. */
  restoreScroll() {
    this.#window.scrollTo(0, this.#window.history.state?.scroll ?? 0)
  }

  #write() {
    const address = this.#address ?? this.#window.location.href
    this.#forget()
    this.#window.history.replaceState({ scroll: this.#window.scrollY }, '', address)
  }

  #forget() {
    this.#window.clearTimeout(this.#timer)
    this.#address = null
  }

  #onClick(event) {
    const link = event.target.closest?.('a')
    if (isForeignClick(event, link, this.#window.location.origin)) return
    event.preventDefault()
    const { pathname, search, hash } = urlOf(link, this.#window.location.origin)
    this.go(pathname + search + hash, 'link')
  }

  #enter(how) {
    const location = new URL(this.#window.location.href)
    const route = findRoute(this.#routes, location.pathname)
    if (route !== this.#route) {
      this.#page?.leave()
      this.#route = route
      this.#page = new route.page(this.#context)
    }
    this.#page.enter(location, how)
    this.#page.set({})
  }
}
