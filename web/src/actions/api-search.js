import { Action } from '../framework/action.js'

/** app:api-search-action: { keyword, limit } → [{ name, score, definition }], the best API first. */
export const apiSearch = (connection) => new Action(connection, 'app:api-search-action')
