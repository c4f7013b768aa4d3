/* page.h - the page over HTTP: its assets, which are inside the program, and its addresses.
 *
 * Every address of the page ("/", "/kubernetes.io/object/Deployment", …) is answered with the same index.html; title,
 * description and canonical address in it are the element's. Short names and old addresses lead to the full ones; where
 * there is no such element the status is 404, and what is told is what is nearest. */
#ifndef PAGE_H
#define PAGE_H

#include "handlers.h"
#include "sio_http.h"

/* Generated from web/ by the build. */
extern const sio_asset page_assets[];
extern const size_t page_asset_count;

struct page {
    struct handlers *handlers;
    const sio_asset *index, *start; /* of all addresses, and of "/"; NULL: the program was built without the page */
    struct action_site site;
};

/* Answers every GET that has no other route; call it after the other routes are there. Tells the handlers which page it
 * is. `page` outlives the server. A negative SIO_E code. */
int page_attach(struct page *page, struct handlers *handlers, sio_server *server);

#endif
