import { Action } from '../framework/action.js'

/** app:api-load-action: { id } → one API: title, version, description, counts. */
export const apiLoad = (connection) => new Action(connection, 'app:api-load-action')
