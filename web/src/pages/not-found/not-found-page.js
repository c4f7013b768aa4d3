// not-found-page.js - for addresses that are no page.
import { element } from '../../framework/element.js'
import { Page } from '../../framework/page.js'
import { topBar } from '../../components/top-bar/top-bar.js'

export class NotFoundPage extends Page {
  enter(location) {
    this.set({ path: location.pathname })
  }

  title() {
    return 'Not found – ApiBlaze'
  }

  view() {
    return [
      topBar({ isOnline: this.context.connection.isOnline, onTheme: () => this.set({}) }),
      element('main', { class: 'missing', id: 'main', tabindex: '-1' },
        element('h1', null, 'There is no such page'),
        element('p', null, 'Nothing is at ', element('code', null, this.state.path), '.'),
        element('p', null, element('a', { class: 'button', href: '/' }, 'Search all APIs'))),
    ]
  }
}
