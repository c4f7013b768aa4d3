import { Action } from '../framework/action.js'

/** app:api-element-details-action: { id } → an element's description, model, places and examples. */
export const apiElementDetails = (connection) => new Action(connection, 'app:api-element-details-action')
