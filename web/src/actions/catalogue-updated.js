/** catalogue:updated, sent by the server unasked: what is shown may have changed. */
export const onCatalogueUpdated = (connection, listener) => connection.on('catalogue:updated', listener)
