// actions.js - the questions that the page asks: one an event of contract/.
import { Action } from '../framework/action.js'

const EVENTS = {
  about: 'system:about', // → { version, page, catalogue, counts }
  apiSearch: 'app:api-search-action', // { keyword, limit, brief } → [{ name, score, definition }], the best API first
  apiLoad: 'app:api-load-action', // { id } → one API: title, version, description, counts
  elementsSearch: 'app:api-elements-search-action', // { keyword, api?, filter?, descriptions?, limit? } → { hits, totals, … }
  elementDetails: 'app:api-element-details-action', // { id, at?, offset? } → description, model, access
  elementCode: 'app:api-element-code-action', // { id, language?, tier?, server?, values?, body? } → the request as code, and all languages
  elementTry: 'app:api-element-try-action', // { id, server?, values?, body? } → what a server of the API answered
  elementExample: 'app:api-element-example-action', // { id, format?, tier?, at?, status? } → a payload, and where else it is
  elementRefs: 'app:api-element-refs-action', // { id, limit? } → who uses it, which ways lead to it
  elementSource: 'app:api-element-source-action', // { id } → what the specification itself says
}

export const actions = (connection) =>
  Object.fromEntries(Object.entries(EVENTS).map(([name, event]) => [name, new Action(connection, event)]))
