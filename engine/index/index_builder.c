#include "index_builder.h"

#include "dictionary_builder.h"
#include "entries.h"
#include "group_terms.h"
#include "groups.h"
#include "index.h"
#include "parallel.h"
#include "spelling_builder.h"
#include "stems.h"
#include "trigrams.h"
#include "value_terms.h"

#include <stdatomic.h>
#include <stdlib.h>

struct index_builder {
    const struct catalogue *catalogue;
    struct groups groups;
    struct entries entries;
    struct dictionary_builder dictionaries[INDEX_DICTIONARIES];
    struct buf stems;
    struct spelling_builder spelling;
    atomic_uint named; /* kinds whose names and words are done */
};

/* What threads share out among them, the longest first. */
enum index_task {
    TASK_TEXTS,
    TASK_PROPERTIES,
    TASK_VALUES,
    TASK_OBJECTS,
    TASK_ENDPOINTS,
    TASK_PARAMETERS,
    TASK_APIS,
    TASK_INITIALS,
    TASK_METHODS,
    TASKS
};

static int index_builder_trigrams(struct index_builder *builder)
{
    struct dictionary_builder *trigrams = &builder->dictionaries[INDEX_TRIGRAMS];
    for (unsigned kind = 0; kind < FORMAT_KINDS; kind++) {
        const struct dictionary_builder *words = &builder->dictionaries[INDEX_WORDS + kind];
        for (uint32_t i = 0; i < dictionary_builder_count(words); i++) trigrams_add(trigrams, words->sorted[i]);
    }
    return dictionary_builder_finish(trigrams, NULL, trigrams->document_count, 0, true);
}

static int index_builder_spelling(struct index_builder *builder)
{
    struct spelling_source sources[INDEX_SPELLED];
    for (unsigned i = 0; i < INDEX_SPELLED; i++) {
        const struct dictionary_builder *dictionary = &builder->dictionaries[i];
        sources[i] = (struct spelling_source){ dictionary->sorted, dictionary_builder_count(dictionary) };
    }
    return spelling_builder_make(&builder->spelling, sources, INDEX_SPELLED);
}

static int index_builder_names(struct index_builder *builder, enum catalogue_kind kind)
{
    int error = group_terms_make(&builder->groups, builder->catalogue, kind, &builder->dictionaries[INDEX_NAMES + kind],
                                 &builder->dictionaries[INDEX_WORDS + kind]);
    /* Who is the last goes on with what needs them all. */
    if (error || atomic_fetch_add(&builder->named, 1) + 1 < FORMAT_KINDS) return error;
    error = index_builder_trigrams(builder);
    return error ? error : index_builder_spelling(builder);
}

static int index_builder_texts(struct index_builder *builder)
{
    struct dictionary_builder *words = &builder->dictionaries[INDEX_TEXTS];
    int error = entries_make(&builder->entries, &builder->groups, builder->catalogue, words);
    return error ? error : stems_make(words, &builder->stems);
}

static int index_builder_task(void *context, size_t task)
{
    struct index_builder *builder = context;
    struct dictionary_builder *dictionaries = builder->dictionaries;
    switch ((enum index_task)task) {
    case TASK_TEXTS: return index_builder_texts(builder);
    case TASK_PROPERTIES: return index_builder_names(builder, CATALOGUE_PROPERTY);
    case TASK_VALUES: return value_terms_make(&builder->groups, builder->catalogue, &dictionaries[INDEX_VALUES]);
    case TASK_OBJECTS: return index_builder_names(builder, CATALOGUE_OBJECT);
    case TASK_ENDPOINTS: return index_builder_names(builder, CATALOGUE_ENDPOINT);
    case TASK_PARAMETERS: return index_builder_names(builder, CATALOGUE_PARAMETER);
    case TASK_APIS: return index_builder_names(builder, CATALOGUE_API);
    case TASK_INITIALS:
        return group_terms_initials(&builder->groups, builder->catalogue, &dictionaries[INDEX_INITIALS]);
    default: return group_terms_methods(&builder->groups, &dictionaries[INDEX_METHODS]);
    }
}

static int index_builder_write_numbers(const struct index_builder *builder, struct file_writer *writer)
{
    const struct groups *groups = &builder->groups;
    const struct entries *entries = &builder->entries;
    struct format_index head = { .group_count = groups->count, .entry_count = entries->count };
    memcpy(head.kind_first, groups->kind_first, sizeof head.kind_first);
    size_t elements = builder->catalogue->element_count;
    int error = file_writer_section(writer, FORMAT_INDEX, &head, sizeof head);
    if (!error)
        error = file_writer_section(writer, FORMAT_GROUPS, groups->groups,
                                    (groups->count + (size_t)1) * sizeof *groups->groups);
    if (!error) error = file_writer_section(writer, FORMAT_MEMBERS, groups->members, elements * sizeof(uint32_t));
    if (!error) error = file_writer_section(writer, FORMAT_MEMBER_OWNERS, groups->owners, elements * sizeof(uint32_t));
    if (!error)
        error =
            file_writer_section(writer, FORMAT_MEMBER_LINKS, groups->links, groups->link_count * sizeof *groups->links);
    if (!error) error = file_writer_section(writer, FORMAT_GROUP_OF, groups->group_of, elements * sizeof(uint32_t));
    if (!error) error = file_writer_section(writer, FORMAT_WEIGHTS, groups->weights, elements);
    if (!error)
        error =
            file_writer_section(writer, FORMAT_ENTRIES, entries->entries, entries->count * sizeof *entries->entries);
    if (!error) error = file_writer_section(writer, FORMAT_ENTRY_WORDS, entries->words, entries->count);
    const struct buf *values = &builder->dictionaries[INDEX_VALUES].notes;
    if (!error) error = file_writer_section(writer, FORMAT_VALUE_ELEMENTS, values->at, values->size);
    if (!error) error = file_writer_section(writer, FORMAT_STEMS, builder->stems.at, builder->stems.size);
    return error;
}

int index_builder_write(const struct index_builder *builder, struct file_writer *writer)
{
    int error = index_builder_write_numbers(builder, writer);
    for (uint32_t number = 0; number < INDEX_DICTIONARIES && error == FILE_OK; number++)
        error = dictionary_builder_write(&builder->dictionaries[number], writer, number);
    return error ? error : spelling_builder_write(&builder->spelling, writer);
}

int index_builder_create(struct index_builder **made, const struct catalogue *catalogue, unsigned threads)
{
    struct index_builder *builder = *made = calloc(1, sizeof *builder);
    if (builder == NULL) return FILE_NO_MEMORY;
    builder->catalogue = catalogue;
    for (unsigned i = 0; i < INDEX_DICTIONARIES; i++) dictionary_builder_init(&builder->dictionaries[i]);
    buf_init(&builder->stems, UINT32_MAX);
    spelling_builder_init(&builder->spelling);
    int error = groups_make(&builder->groups, catalogue, threads);
    return error ? error : parallel_run(threads, TASKS, index_builder_task, builder);
}

void index_builder_destroy(struct index_builder *builder)
{
    if (builder == NULL) return;
    for (unsigned i = 0; i < INDEX_DICTIONARIES; i++) dictionary_builder_free(&builder->dictionaries[i]);
    spelling_builder_free(&builder->spelling);
    entries_free(&builder->entries);
    buf_free(&builder->stems);
    groups_free(&builder->groups);
    free(builder);
}
