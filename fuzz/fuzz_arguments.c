/* fuzz_arguments.c - whatever an event carries, the answer is valid JSON and there is one.
 *
 * The first byte chooses the event and the kind of the argument; the rest is its text. */
#include "event_table.h"
#include "handlers.h"
#include "sio_double.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <yyjson.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_check_answer(void)
{
    yyjson_doc *doc = yyjson_read(sio_double.acked, strlen(sio_double.acked), 0);
    if (doc == NULL) abort();
    yyjson_doc_free(doc);
}

static struct handlers *fuzz_handlers(void)
{
    struct handlers *handlers;
    engine *opened;
    struct engine_fault fault;
    if (engine_open(&opened, "", &fault) != ENGINE_OK || handlers_create(&handlers, opened, 1) != ENGINE_OK ||
        handlers_attach(handlers, NULL) != SIO_OK)
        abort();
    return handlers;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const sio_kind kinds[] = { SIO_TEXT, SIO_JSON, SIO_JSON, SIO_BYTES };
    if (size == 0) return 0;
    sio_value value = { .kind = kinds[data[0] / EVENT_COUNT % 4], .data = { data + 1, size - 1 } };
    sio_double = (struct sio_double){ 0 };
    struct handlers *handlers = fuzz_handlers();
    sio_double_deliver(event_table[data[0] % EVENT_COUNT].name, SIO_ARGS(value), true);
    fuzz_check_answer();
    handlers_destroy(handlers);
    return 0;
}
