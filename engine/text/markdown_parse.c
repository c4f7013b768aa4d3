#include "markdown_parse.h"

#include <cmark-gfm-core-extensions.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

/* cmark's allocator takes no context and may not fail. So each thread notes where its memory comes from, and a
 * failure leaves cmark by longjmp: it holds nothing but that memory, which its owner frees. */
struct parse_memory {
    struct arena *arena;
    jmp_buf on_failure;
};
static _Thread_local struct parse_memory *parse_memory;

/* realloc needs the old size, which an arena does not know. */
struct parse_block {
    size_t size;
    alignas(max_align_t) char bytes[];
};

static void *parse_alloc(size_t size)
{
    struct parse_block *block = NULL;
    if (size < SIZE_MAX - sizeof *block) block = arena_alloc(parse_memory->arena, sizeof *block + size);
    if (block == NULL) longjmp(parse_memory->on_failure, 1);
    block->size = size;
    return block->bytes;
}

static void *parse_calloc(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) longjmp(parse_memory->on_failure, 1);
    return memset(parse_alloc(bytes), 0, bytes);
}

static void *parse_realloc(void *at, size_t size)
{
    if (at == NULL) return parse_alloc(size);
    const struct parse_block *block = (const void *)((const char *)at - offsetof(struct parse_block, bytes));
    if (size <= block->size) return at;
    return memcpy(parse_alloc(size), at, block->size);
}

static void parse_free(void *at)
{
    (void)at;
}

static cmark_mem parse_mem = { parse_calloc, parse_realloc, parse_free };

/* ---- Parsing ------------------------------------------------------------------------------------------------ */

enum { PARSE_OPTIONS = CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8 };

static pthread_once_t parse_once = PTHREAD_ONCE_INIT;
/* cmark-gfm keeps the table of characters that start an inline in one global, which it changes before and after the
 * inlines of each document. */
static pthread_mutex_t parse_inlines = PTHREAD_MUTEX_INITIALIZER;

static void parse_register(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

/* What makes cmark-gfm slow beyond all measure (it looks at all that came before, for each): rows of tables with
 * thousands of columns, and texts with thousands of addresses. A text with more of these has no tables, or no addresses
 * that are links.
 */
enum { PARSE_COLUMNS = 200, PARSE_ADDRESSES = 2000 };

static bool parse_allows_tables(struct str text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.size; i++) {
        columns = text.at[i] == '\n' ? 0 : columns + (text.at[i] == '|');
        if (columns > PARSE_COLUMNS) return false;
    }
    return true;
}

static bool parse_allows_addresses(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size && count <= PARSE_ADDRESSES; i++) count += text.at[i] == '@';
    return count <= PARSE_ADDRESSES;
}

static void parse_attach(cmark_parser *parser, const char *name)
{
    cmark_syntax_extension *extension = cmark_find_syntax_extension(name);
    if (extension) cmark_parser_attach_syntax_extension(parser, extension);
}

static cmark_parser *parse_blocks(struct str text)
{
    cmark_parser *parser = cmark_parser_new_with_mem(PARSE_OPTIONS, &parse_mem);
    if (parse_allows_tables(text)) parse_attach(parser, "table");
    if (parse_allows_addresses(text)) parse_attach(parser, "autolink");
    parse_attach(parser, "strikethrough");
    parse_attach(parser, "tasklist");
    cmark_parser_feed(parser, text.at, text.size);
    return parser;
}

bool markdown_parse(struct arena *arena, struct str text, markdown_use *use, void *context)
{
    pthread_once(&parse_once, parse_register);
    struct parse_memory memory = { .arena = arena };
    volatile bool is_locked = false;
    parse_memory = &memory;
    if (setjmp(memory.on_failure)) {
        if (is_locked) pthread_mutex_unlock(&parse_inlines);
        parse_memory = NULL;
        return false;
    }
    cmark_parser *parser = parse_blocks(text);
    pthread_mutex_lock(&parse_inlines);
    is_locked = true;
    cmark_node *root = cmark_parser_finish(parser);
    pthread_mutex_unlock(&parse_inlines);
    is_locked = false;
    use(root, cmark_parser_get_syntax_extensions(parser), PARSE_OPTIONS, &parse_mem, context);
    parse_memory = NULL;
    return true;
}

/* An arena grows by small blocks: one that failed long before its ceiling was refused memory. */
bool markdown_parse_hit_ceiling(const struct arena *memory)
{
    return memory->total > memory->limit / 4;
}
