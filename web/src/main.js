// main.js - builds the parts and wires them.
import { io } from 'socket.io-client'
import { focusSearch } from './components/search-box/search-box.js'
import { actions } from './actions/actions.js'
import { Connection } from './framework/connection.js'
import { Controller } from './framework/controller.js'
import { listenForCopies } from './model/clipboard.js'
import { Library } from './model/library.js'
import { Memory } from './model/memory.js'
import { questions } from './model/questions.js'
import { Search } from './model/search.js'
import { Server } from './model/server.js'
import { Shelf } from './model/shelf.js'
import { language, speak, t } from './model/texts.js'
import { applyTheme } from './model/theme.js'
import { ApiPage } from './pages/api/api-page.js'
import { HomePage } from './pages/home/home-page.js'

const connection = new Connection(io({
  transports: ['websocket', 'polling'], // one round trip where WebSocket works; polling where it does not
  tryAllTransports: true,
  reconnectionDelay: 250,
  reconnectionDelayMax: 8000,
}))
const asked = actions(connection)
const library = new Library(asked)
const memory = new Memory(() => localStorage)
const recents = new Shelf(memory, 'recent', 8) // two rows of buttons
const favourites = new Shelf(memory, 'favourite', 24)
const search = new Search(questions({ library, recents, favourites }))
const server = new Server()
const controller = new Controller({
  window,
  routes: [{ path: '/', page: HomePage }, { path: '/*', page: ApiPage }],
  context: { root: document.getElementById('app'), connection, library, memory, recents, favourites, search, server },
})

const renew = () => {
  library.clear()
  controller.page?.reload()
}
const greet = async () => {
  try {
    if (server.greet(await asked.about.ask())) renew()
    controller.page?.set({})
  } catch {
    // The page goes without what it tells.
  }
}
connection.watch((isOnline) => {
  controller.page?.set({})
  if (!isOnline) return
  controller.page?.reconnected()
  greet()
})
connection.on('catalogue:updated', () => {
  renew()
  greet()
})
// Another tab has changed what all of them keep.
window.addEventListener('storage', async () => {
  applyTheme(memory.get('theme'))
  const wanted = memory.get('language') ?? language()
  if (wanted !== language()) await speak(wanted)
  controller.page?.set({})
})
listenForCopies(document, () => controller.page?.speech.say(t('copied')))
document.addEventListener('keydown', (event) => {
  const isTyping = Boolean(event.target.matches?.('input:not([type=radio], [type=checkbox]), textarea, select'))
  const isSearchKey = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
  if (isSearchKey) focusSearch(document, true)
  if (isSearchKey || controller.page?.onKey(event, isTyping)) event.preventDefault()
})

await speak(language())
const early = document.getElementById('search').value // typed before all this was here
controller.start()
if (early) search.type(early)
