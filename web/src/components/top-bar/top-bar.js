// top-bar.js - the bar at the top of every page: the sign, the search, the connection, the theme.
import { element } from '../../framework/element.js'
import { chooseTheme, currentTheme, nextTheme } from '../../model/theme.js'
import { flame, icon } from '../icon/icon.js'

/** `search`: the search box where the page has it here. `hasBrand`: false on the page that shows it large. `isOnline`: false shows the offline sign. */
export function topBar({ search, hasBrand = true, isOnline, onTheme }) {
  return element('header', { class: `top${search ? ' top--search' : ''}` },
    element('a', { class: 'skip', href: '#main', onClick: skipToMain }, 'Skip to the content'),
    element('div', { class: 'top__inner' },
      element('div', null, hasBrand && brand()),
      element('div', { class: 'top__search' }, search),
      element('div', { class: 'top__tools' },
        element('div', { role: 'status', class: 'top__status' }, isOnline === false && offlineChip()),
        themeButton(onTheme))))
}

function brand() {
  return element('a', { class: 'brand', href: '/', 'aria-label': 'ApiBlaze, start page' }, flame(), 'ApiBlaze')
}

function offlineChip() {
  return element('span', { class: 'offline', title: 'Showing what was loaded. The search goes on when the connection is back.' },
    icon('offline'), 'Offline')
}

function themeButton(onTheme) {
  const theme = currentTheme()
  return element('button', {
    class: 'icon-button', type: 'button', title: `Theme: ${theme}`, 'aria-label': `Theme: ${theme}. Change to ${nextTheme(theme)}`,
    onClick: () => {
      chooseTheme(nextTheme(theme))
      onTheme()
    },
  }, icon(theme))
}

// Not followed as an address: the part behind '#' names a property.
function skipToMain(event) {
  event.preventDefault()
  event.currentTarget.ownerDocument.getElementById('main')?.focus()
}
