// top-bar.js - the bar at the top of every page: the sign, the search, the connection, theme and help.
import { element } from '../../framework/element.js'
import { currentTheme } from '../../model/theme.js'
import { t } from '../../model/texts.js'
import { flame, icon } from '../icon/icon.js'

/** `isStart`: large, with what the page is for. `isOnline`: false shows the offline sign; `isOld`: the server has another
 * page by now. `search`: the search box. */
export function topBar({ isStart, isOnline, isOld, search, onTheme, onHelp, onReload }) {
  const theme = currentTheme()
  return element('header', { class: `top${isStart ? ' top--start' : ''}` },
    element('a', { class: 'skip', href: '#main', onClick: skipToMain }, t('skip')),
    element('div', { class: 'top__inner' },
      element('a', { class: 'brand', href: '/', 'aria-label': t('to-start') }, flame(), 'ApiBlaze'),
      isStart && element('p', { class: 'top__lead' }, t('lead')),
      search,
      element('div', { class: 'top__tools' },
        element('div', { role: 'status', class: 'top__status' },
          isOnline === false && element('span', { class: 'sign', title: t('offline-long') }, icon('offline'), t('offline')),
          isOld && element('button', { class: 'sign', type: 'button', onClick: onReload }, t('new-version'))),
        tool(theme, t('theme', { theme: t(`theme-${theme}`) }), onTheme),
        tool('help', t('help'), onHelp))))
}

function tool(name, title, onClick) {
  return element('button', { class: 'icon-button', type: 'button', key: title, title, 'aria-label': title, onClick }, icon(name))
}

// Not followed as an address: the part behind '#' names a property.
function skipToMain(event) {
  event.preventDefault()
  event.currentTarget.ownerDocument.getElementById('main')?.focus()
}
