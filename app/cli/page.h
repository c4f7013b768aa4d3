/* page.h - the page over HTTP: its assets, which are inside the program, and its addresses.
 *
 * Every address of the page ("/", "/api/kubernetes.io/object/Deployment", …) is answered with the same index.html;
 * the title in it is the element's, and the status is 404 where there is no such element. */
#ifndef PAGE_H
#define PAGE_H

#include "handlers.h"
#include "sio_http.h"

/* Generated from web/ by the build. */
extern const sio_asset page_assets[];
extern const size_t page_asset_count;

struct page {
    struct handlers *handlers;
    const sio_asset *index; /* NULL: the program was built without the page */
};

/* Answers every GET that has no other route; call it after the other routes are there. `page` outlives the server.
 * A negative SIO_E code. */
int page_attach(struct page *page, struct handlers *handlers, sio_server *server);

#endif
