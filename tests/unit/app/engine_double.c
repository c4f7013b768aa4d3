#include "engine_double.h"

#include <stdio.h>

struct engine {
    int unused;
};
struct engine_scratch {
    int unused;
};

struct engine_double engine_double;
static struct engine the_engine;
static struct engine_scratch the_scratch;

const char *engine_strerror(int error)
{
    return error == ENGINE_ENOMEM ? "out of memory" : "an error of the engine";
}

static const char *const kind_names[ENGINE_KINDS] = { "api", "endpoint", "object", "property", "parameter" };

struct str engine_kind_name(enum engine_kind kind)
{
    return str_from(kind_names[kind]);
}

bool engine_kind_read(struct str name, enum engine_kind *kind)
{
    for (int i = 0; i < ENGINE_KINDS; i++) {
        struct str single = str_from(kind_names[i]);
        bool is_plural = name.size == single.size + 1 && name.at[single.size] == 's' && str_starts(name, single);
        if (!is_plural && !str_equal(name, single)) continue;
        *kind = (enum engine_kind)i;
        return true;
    }
    return false;
}

int engine_open(engine **opened, const char *path, struct engine_fault *fault)
{
    (void)path;
    snprintf(fault->text, sizeof fault->text, "%s", engine_double.open_error ? "it cannot be opened" : "");
    *opened = &the_engine;
    engine_double.opened += engine_double.open_error == 0;
    return engine_double.open_error;
}

int engine_reopen(engine **opened, const engine *old, const char *path, struct engine_fault *fault)
{
    engine_double.reopened += old == &the_engine;
    return engine_open(opened, path, fault);
}

bool engine_wants_compaction(const engine *of)
{
    (void)of;
    return engine_double.wants_compaction;
}

int engine_compact(const char *path, unsigned threads, struct engine_fault *fault)
{
    (void)path, (void)threads, (void)fault;
    atomic_fetch_add(&engine_double.compactions, 1);
    return ENGINE_OK;
}

int engine_remove(const char *path, const char *const *ids, size_t count, struct engine_fault *fault)
{
    (void)path, (void)ids, (void)count, (void)fault;
    return ENGINE_OK;
}

void engine_close(engine *of)
{
    engine_double.closed += of != NULL;
}

void engine_counts(const engine *of, struct engine_counts *counts)
{
    (void)of;
    *counts = engine_double.counts;
}

int engine_scratch_create(engine_scratch **scratch, const engine *of)
{
    (void)of;
    *scratch = engine_double.scratch_error ? NULL : &the_scratch;
    engine_double.scratches += engine_double.scratch_error == 0;
    return engine_double.scratch_error;
}

void engine_scratch_limit(engine_scratch *scratch, size_t bytes)
{
    (void)scratch;
    engine_double.document_bytes = bytes;
}

void engine_scratch_destroy(engine_scratch *scratch)
{
    engine_double.scratches_destroyed += scratch != NULL;
}

int engine_search(const engine *of, engine_scratch *scratch, const struct engine_query *query, struct arena *arena,
                  struct engine_answer *answer)
{
    (void)of, (void)scratch;
    engine_double.query = *query;
    engine_double.searches++;
    *answer = engine_double.answer;
    if (engine_double.longest_known > 0 && query->text.size > engine_double.longest_known) answer->hit_count = 0;
    if (engine_double.search_bytes > 0 && arena_alloc(arena, engine_double.search_bytes) == NULL) return ENGINE_ENOMEM;
    return engine_double.search_error;
}

int engine_api(const engine *of, struct str id, struct engine_api *api)
{
    (void)of;
    engine_double.api_id = id;
    *api = engine_double.api;
    return engine_double.api_error;
}

int engine_search_apis(const engine *of, struct str keyword, uint32_t limit, struct arena *arena,
                       const struct engine_api **apis, size_t *count)
{
    (void)of, (void)arena;
    engine_double.keyword = keyword;
    engine_double.limit = limit;
    engine_double.searches++;
    *apis = engine_double.apis;
    *count = engine_double.api_count;
    return engine_double.search_apis_error;
}

int engine_list_apis(const engine *of, uint32_t offset, uint32_t limit, struct arena *arena,
                     const struct engine_api **apis, size_t *count, uint64_t *total)
{
    (void)of, (void)offset, (void)arena;
    engine_double.limit = limit;
    *apis = engine_double.apis;
    *count = engine_double.api_count;
    *total = 1000;
    return engine_double.search_apis_error;
}

int engine_details(const engine *of, engine_scratch *scratch, struct str id, const struct engine_view *view,
                   struct arena *arena, struct engine_details *details, struct engine_fault *fault)
{
    (void)of, (void)scratch, (void)arena;
    engine_double.details_id = id;
    engine_double.view = view ? *view : (struct engine_view){ .depth = 0 };
    *details = engine_double.details;
    int error = engine_double.details_error;
    if (engine_double.no_details && str_ends(id, str_from(engine_double.no_details))) error = ENGINE_ENOTFOUND;
    if (error != ENGINE_OK && engine_double.details_fault)
        snprintf(fault->text, sizeof fault->text, "%s", engine_double.details_fault);
    return error;
}

bool engine_language(size_t number, struct engine_language *language)
{
    if (number > 1) return false;
    *language = number == 0 ? (struct engine_language){ STR("curl"), STR("curl"), STR("bash") }
                            : (struct engine_language){ STR("go"), STR("Go"), STR("go") };
    return true;
}

int engine_code(const engine *of, engine_scratch *scratch, const struct engine_code_wish *wish, struct arena *arena,
                struct engine_example *example, struct engine_fault *fault)
{
    (void)of, (void)scratch, (void)arena;
    engine_double.code_wish = *wish;
    *example = engine_double.code;
    if (engine_double.code_error != ENGINE_OK) snprintf(fault->text, sizeof fault->text, "%s", "no such language");
    return engine_double.code_error;
}

int engine_call(const engine *of, engine_scratch *scratch, const struct engine_code_wish *wish, struct arena *arena,
                struct engine_call *call, struct engine_fault *fault)
{
    (void)of, (void)scratch, (void)arena;
    engine_double.code_wish = *wish;
    *call = engine_double.call;
    if (engine_double.details_error != ENGINE_OK)
        snprintf(fault->text, sizeof fault->text, "%s", engine_double.details_fault);
    return engine_double.details_error;
}

int engine_import(const struct engine_import *import, struct engine_report *report, struct engine_fault *fault)
{
    (void)import, (void)report;
    snprintf(fault->text, sizeof fault->text, "the double imports nothing");
    return ENGINE_ENOTHING;
}

/* One line, whatever the text. */
struct str engine_terminal_text(struct arena *arena, struct str markdown, const struct engine_text_look *look)
{
    if (markdown.size == 0) return STR_EMPTY;
    return arena_format(arena, "%*s%.*s\n", (int)look->indent, "", STR_FORMAT(markdown));
}

struct str engine_sentence(struct arena *arena, struct str markdown)
{
    (void)arena;
    return str_cut(markdown, 0, str_find_byte(markdown, '.'));
}

struct str engine_clean_markdown(struct arena *arena, struct str markdown)
{
    (void)arena;
    return markdown;
}

static const char *const use_names[ENGINE_USES] = { "property", "object", "endpoint", "root", "reach", "name" };

struct str engine_use_name(enum engine_use use)
{
    return str_from(use_names[use]);
}

bool engine_use_read(struct str name, enum engine_use *use)
{
    for (int i = 0; i < ENGINE_USES; i++) {
        if (!str_equal(name, str_from(use_names[i]))) continue;
        *use = (enum engine_use)i;
        return true;
    }
    return false;
}

int engine_refs(const engine *of, engine_scratch *scratch, const struct engine_refs_query *query, struct arena *arena,
                struct engine_refs *refs, struct engine_fault *fault)
{
    (void)of, (void)scratch, (void)arena;
    engine_double.refs_query = *query;
    if (engine_double.details_fault) snprintf(fault->text, sizeof fault->text, "%s", engine_double.details_fault);
    *refs = engine_double.refs;
    return engine_double.refs_error;
}

int engine_source(const engine *of, engine_scratch *scratch, const struct engine_source_query *query,
                  struct arena *arena, struct engine_source *source, struct engine_fault *fault)
{
    (void)of, (void)scratch, (void)arena;
    engine_double.source_query = *query;
    if (engine_double.details_fault) snprintf(fault->text, sizeof fault->text, "%s", engine_double.details_fault);
    *source = engine_double.source;
    return engine_double.source_error;
}

static const char *const tier_names[ENGINE_TIERS] = { "useful", "minimal", "full" };

struct str engine_tier_name(enum engine_tier tier)
{
    return str_from(tier_names[tier]);
}

bool engine_tier_read(struct str name, enum engine_tier *tier)
{
    for (int i = 0; i < ENGINE_TIERS; i++) {
        if (!str_equal(name, str_from(tier_names[i]))) continue;
        *tier = (enum engine_tier)i;
        return true;
    }
    return false;
}

int engine_example(const engine *of, engine_scratch *scratch, const struct engine_payload_wish *wish,
                   struct arena *arena, struct engine_payload *payload, struct engine_fault *fault)
{
    (void)of, (void)scratch, (void)arena;
    engine_double.wish = *wish;
    *payload = engine_double.payload;
    if (engine_double.example_error != ENGINE_OK)
        snprintf(fault->text, sizeof fault->text, "%s", engine_double.example_fault);
    return engine_double.example_error;
}
