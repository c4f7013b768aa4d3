/* page_none.c - stands in for the page's assets where web/ is not there. */
#include "page.h"

const sio_asset page_assets[1] = { { 0 } };
const size_t page_asset_count = 0;
