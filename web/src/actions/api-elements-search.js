import { Action } from '../framework/action.js'

/** app:api-elements-search-action: { keyword, api?, filter?, limit? } → { hits, totals, … }, the best first. */
export const apiElementsSearch = (connection) => new Action(connection, 'app:api-elements-search-action')
