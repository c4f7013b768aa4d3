// controller.js - addresses to pages, over the History API.

/** The first route that fits a path: "/about" fits itself, "/api/*" all that begins with "/api/". */
export function findRoute(routes, path) {
  return routes.find(({ path: pattern }) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern)
}

/** Whether the browser should be left alone with a click: modified, on another site, for another tab. */
export function isForeignClick(event, link, origin) {
  return event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey ||
    event.altKey || !link?.href || link.target || link.hasAttribute('download') || new URL(link.href).origin !== origin
}

// Browsers stop a page that writes its history at every keystroke (Safari: 100 times in 30 seconds).
const REWRITE_PAUSE = 200 // milliseconds

export class Controller {
  #window
  #routes
  #missing
  #context
  #route
  #page
  #rewrite = null // { address, timer }: not written yet

  /** `routes`: [{ path, page }], `missing`: the page for all other addresses; a page is a class that
   * extends Page and is built with `context`, to which the controller adds itself. */
  constructor({ window, routes, missing, context }) {
    this.#window = window
    this.#routes = routes
    this.#missing = { page: missing }
    this.#context = { ...context, controller: this }
  }

  /** Shows the page of the current address and follows links, back and forward from here on. */
  start() {
    this.#window.addEventListener('popstate', () => {
      this.#endRewrite() // it was meant for the entry that was left
      this.#enter('history')
    })
    this.#window.document.addEventListener('click', (event) => this.#onClick(event))
    this.#enter('start')
  }

  /** The page that is shown. */
  get page() {
    return this.#page
  }

  /** Goes to `address` ("/api/x?q=y#z"), as a new entry of the history. */
  go(address, how = 'go') {
    const kept = this.#endRewrite()
    if (kept) this.#window.history.replaceState(null, '', kept)
    this.#window.history.pushState(null, '', address)
    this.#enter(how)
  }

  /** Writes `address` over the current entry of the history, at the latest before it is left by go() or a
   * link. The page is not told: it knows already. */
  rewrite(address) {
    this.#endRewrite()
    const timer = this.#window.setTimeout(() => {
      this.#window.history.replaceState(null, '', this.#endRewrite())
    }, REWRITE_PAUSE)
    this.#rewrite = { address, timer }
  }

  #endRewrite() {
    const { address, timer } = this.#rewrite ?? {}
    this.#window.clearTimeout(timer)
    this.#rewrite = null
    return address
  }

  #onClick(event) {
    const link = event.target.closest?.('a')
    if (isForeignClick(event, link, this.#window.location.origin)) return
    event.preventDefault()
    const { pathname, search, hash } = new URL(link.href)
    this.go(pathname + search + hash, 'link')
  }

  #enter(how) {
    const location = new URL(this.#window.location.href)
    const route = findRoute(this.#routes, location.pathname) ?? this.#missing
    if (route !== this.#route) {
      this.#page?.leave()
      this.#route = route
      this.#page = new route.page(this.#context)
    }
    this.#page.enter(location, how)
    this.#page.set({})
  }
}
