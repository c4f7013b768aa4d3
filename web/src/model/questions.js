// questions.js - what a search asks the server, and what it shows before anything is typed.
import { splitName } from './names.js'
import { MOST_ROWS, ROWS_A_GROUP, groupsInAll, groupsInApi, groupsToBegin } from './rows.js'
import { listOf, t } from './texts.js'

// A sign alone lists the best of what it stands for; of these the first that shows something.
const BEST = [
  ['{', 'object', ({ type }) => type === 'object'],
  ['.', 'property', ({ name }) => name.length > 4],
  ['/', 'endpoint', ({ name }) => name.split('/').length > 3],
]

/** The function that a Search asks with. */
export function questions({ library, recents, favourites }) {
  return async ({ scope, text, filter }) => {
    if (!text) return { groups: groupsToBegin(await beginnings(scope, library), recents.list(), favourites.list()), totals: {} }
    const api = scope?.id
    const isForApis = !api && filter === 'everything' && !/^[{.?/="]/.test(text) // a sign asks for something else
    const question = { keyword: text, filter, api, descriptions: true, limit: MOST_ROWS, each: api && filter === 'everything' ? ROWS_A_GROUP : 0 }
    const [answer, apis] = await Promise.all([
      library.askLatest('elementsSearch', question),
      isForApis ? library.askLatest('apiSearch', { keyword: text, limit: 3, brief: true }) : [],
    ])
    return { ...answer, groups: isForApis && !answer.api ? groupsInAll(apis, answer, text) : groupsInApi(answer, filter) }
  }
}

async function beginnings(scope, library) {
  if (!scope) return listOf('questions').map(([text, about]) => ({ text, about }))
  const answers = await Promise.all(BEST.map(([keyword]) => library.ask('elementsSearch', { keyword, api: scope.id, limit: 10 })))
  return BEST.flatMap(([, kind, isTelling], place) => {
    const { hits } = answers[place]
    const best = hits.find(isTelling) ?? hits[0]
    return best ? [{ text: splitName(best.name).short, kind, about: t(`best-${kind}`) }] : []
  })
}
