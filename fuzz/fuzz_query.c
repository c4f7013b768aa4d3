/* fuzz_query.c - any bytes as a query, over a small index. The first byte says how it is asked. */
#include <stdint.h>
#include <stdlib.h>

#include "fixture.h"
#include "search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char description[] = "api shop.test Corner Shop API | Sells things. | ecommerce\n"
                                  "endpoint GET /v1/orders/{id} getOrder | Get an order | What was bought.\n"
                                  "parameter query maxResults integer | How many.\n"
                                  "object io.shop.v1.OrderSpec | What <b>is</b> bought.\n"
                                  "property customer_id string | Who buys, see https://shop.test/help.\n"
                                  "property address.city string | Where größe and ПолеИмя and 利用者 are.\n"
                                  "property $ref string | A reference.\n"
                                  "object HTTPRoute\n"
                                  "property podIPs array of OrderSpec | Addresses.\n"
                                  "api pods.test:v2 Pods | Runs things. | compute\n"
                                  "object OrderSpec\n"
                                  "property customerId string | Who buys.\n";

static struct fixture fixture;
static struct search_scratch *scratch;

static void fuzz_end(void)
{
    search_scratch_destroy(scratch);
    fixture_close(&fixture);
}

static void fuzz_begin(void)
{
    if (scratch) return;
    fixture_open(&fixture, description, 1);
    if (search_scratch_create(&scratch, &fixture.index, &fixture.catalogue) != FILE_OK) abort();
    atexit(fuzz_end);
}

/* Hits are in order, none is there twice, and what is marked lies in the name. */
static void fuzz_check(const struct search_answer *answer)
{
    uint64_t total = 0;
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++)
        if (answer->kinds >> kind & 1) total += answer->totals[kind];
    if (answer->hit_count > total) abort();
    for (size_t i = 0; i < answer->hit_count; i++) {
        const struct search_hit *hit = &answer->hits[i];
        struct str name = catalogue_string(&fixture.catalogue, fixture.catalogue.elements[hit->element].name);
        if (i && (hit[-1].key > hit->key || (hit[-1].key == hit->key && hit[-1].group >= hit->group))) abort();
        if (hit->count == 0 || hit->owner_count == 0 || hit->api_count == 0) abort();
        for (size_t range = 0; range < hit->range_count; range++)
            if (hit->ranges[range].start >= hit->ranges[range].end || hit->ranges[range].end > name.size) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    fuzz_begin();
    struct search_request request = { .text = { (const char *)data + 1, size - 1 }, .limit = data[0] & 0x07 };
    request.is_pattern = data[0] & 0x08;
    request.descriptions = data[0] & 0x10;
    request.api = data[0] & 0x20 ? 1 : CATALOGUE_NONE;
    request.kinds = data[0] & 0x40 ? 1 << CATALOGUE_PROPERTY : (1 << FORMAT_KINDS) - 1;
    request.offset = data[0] & 0x80 ? 1 : 0;
    struct search_answer answer;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    if (search_run(scratch, &request, &arena, &answer) != FILE_OK) abort();
    fuzz_check(&answer);
    arena_free(&arena);
    return 0;
}
