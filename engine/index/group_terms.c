#include "group_terms.h"

#include "tokenize.h"

/* A group's elements may differ in the case of letters (customerId, customerID), in the summary, in the API's id. So
 * many differing ones are looked at; a longer squashed name than that is cut, by the search as well. */
enum { GROUP_TERMS_VARIANTS = 8 };

struct group_terms {
    const struct catalogue *catalogue;
    struct dictionary_builder *names, *words;
    struct buf squashed;
    /* String ids that the group has been through. */
    uint32_t seen[3 * GROUP_TERMS_VARIANTS];
    unsigned seen_count;
};

/* Words on their way into a dictionary, many at a time. */
struct group_terms_batch {
    struct dictionary_builder *builder;
    char plain[DICTIONARY_BATCH][TOKENIZE_WORD_BYTES];
    struct str words[DICTIONARY_BATCH];
    size_t count;
};

static void group_terms_flush(struct group_terms_batch *batch)
{
    dictionary_builder_add_all(batch->builder, batch->words, batch->count);
    batch->count = 0;
}

/* Where the next word is written; group_terms_add says how long it has become. */
static char *group_terms_place(struct group_terms_batch *batch)
{
    if (batch->count == DICTIONARY_BATCH) group_terms_flush(batch);
    return batch->plain[batch->count];
}

static struct str group_terms_add(struct group_terms_batch *batch, size_t size)
{
    return batch->words[batch->count] = (struct str){ batch->plain[batch->count], size }, batch->words[batch->count++];
}

/* A name in a description ("customFields") is also found as it is typed without capitals, in one piece. */
struct group_terms_compound {
    char plain[TOKENIZE_WORD_BYTES];
    size_t size, end; /* end: of the last word in the text */
    unsigned words;
};

static void group_terms_end_compound(struct group_terms_batch *batch, struct group_terms_compound *compound)
{
    if (compound->words > 1 && compound->size < sizeof compound->plain) {
        memcpy(group_terms_place(batch), compound->plain, compound->size);
        group_terms_add(batch, compound->size);
    }
    compound->words = 0;
    compound->size = 0;
}

static void group_terms_extend_compound(struct group_terms_batch *batch, struct group_terms_compound *compound,
                                        size_t start, size_t end, struct str plain)
{
    if (start != compound->end) group_terms_end_compound(batch, compound);
    /* Scripts without spaces have words of one letter each: those are no names. */
    if ((unsigned char)plain.at[0] >= 0x80) {
        *compound = (struct group_terms_compound){ .size = 0 };
        return;
    }
    size_t room = sizeof compound->plain - compound->size, size = plain.size < room ? plain.size : room;
    memcpy(compound->plain + compound->size, plain.at, size);
    compound->size += size;
    compound->end = end;
    compound->words++;
}

void group_terms_words(struct dictionary_builder *builder, struct str text, bool is_prose)
{
    struct tokenizer tokenizer = { .text = text, .is_prose = is_prose };
    struct group_terms_batch batch;
    struct group_terms_compound compound = { .size = 0 };
    size_t start, end;
    batch.builder = builder;
    batch.count = 0;
    while (tokenize_next(&tokenizer, &start, &end)) {
        struct str word = str_cut(text, start, start + TOKENIZE_WORD_BYTES < end ? start + TOKENIZE_WORD_BYTES : end);
        struct str plain = group_terms_add(&batch, tokenize_plain(word, group_terms_place(&batch)));
        if (is_prose) group_terms_extend_compound(&batch, &compound, start, end, plain);
    }
    group_terms_end_compound(&batch, &compound);
    group_terms_flush(&batch);
}

static void group_terms_name(struct group_terms *terms, struct str name)
{
    buf_clear(&terms->squashed);
    char *squashed = buf_reserve(&terms->squashed, name.size + 1);
    if (squashed == NULL)
        terms->names->has_failed = true;
    else
        dictionary_builder_add(terms->names, (struct str){ squashed, tokenize_squash(name, squashed) });
}

/* True the first time that the group being done has this string. */
static bool group_terms_is_new(struct group_terms *terms, uint32_t string)
{
    if (string == 0) return false;
    for (unsigned i = 0; i < terms->seen_count; i++)
        if (terms->seen[i] == string) return false;
    if (terms->seen_count == sizeof terms->seen / sizeof *terms->seen) return false;
    terms->seen[terms->seen_count++] = string;
    return true;
}

static void group_terms_both(struct group_terms *terms, uint32_t string)
{
    if (!group_terms_is_new(terms, string)) return;
    struct str name = catalogue_string(terms->catalogue, string);
    group_terms_name(terms, name);
    group_terms_words(terms->words, name, false);
}

/* What a title says beside the name: "GitHub v3 REST API" is GitHub. */
static bool group_terms_is_generic(struct str word)
{
    static const struct str generic[] = { STR_INIT("api"),    STR_INIT("apis"),    STR_INIT("rest"),
                                          STR_INIT("the"),    STR_INIT("service"), STR_INIT("services"),
                                          STR_INIT("openapi") };
    for (size_t i = 0; i < sizeof generic / sizeof *generic; i++)
        if (str_equal_nocase(word, generic[i])) return true;
    return word.size > 1 && (word.at[0] == 'v' || word.at[0] == 'V') && word.at[1] >= '0' && word.at[1] <= '9';
}

/* A title without the words that every API may have in its title. */
static void group_terms_title(struct group_terms *terms, struct str title)
{
    struct tokenizer tokenizer = { .text = title };
    size_t start, end;
    buf_clear(&terms->squashed);
    while (tokenize_next(&tokenizer, &start, &end)) {
        struct str word = str_cut(title, start, end);
        char *plain = group_terms_is_generic(word) ? NULL : buf_reserve(&terms->squashed, word.size);
        if (plain) terms->squashed.size += tokenize_plain(word, plain);
    }
    dictionary_builder_add(terms->names, buf_str(&terms->squashed));
}

/* "stripe" of stripe.com, "ec2" of amazonaws.com:ec2 or amazonaws.com/ec2, "drive" of googleapis.com/drive/v3. */
static void group_terms_api_id(struct group_terms *terms, struct str id)
{
    size_t end = 0;
    while (end < id.size && id.at[end] != '/' && id.at[end] != ':') end++;
    if (end == id.size) {
        size_t dot = str_find_byte(id, '.');
        group_terms_name(terms, str_cut(id, 0, dot));
        return;
    }
    while (end < id.size) {
        size_t start = end + 1;
        for (end = start; end < id.size && id.at[end] != '/' && id.at[end] != ':';) end++;
        struct str part = str_cut(id, start, end);
        if (!group_terms_is_generic(part)) group_terms_name(terms, part);
    }
}

static void group_terms_element(struct group_terms *terms, const struct format_element *element)
{
    const struct catalogue *catalogue = terms->catalogue;
    bool is_new = element->name && terms->seen_count == 0;
    group_terms_both(terms, element->name);
    switch (element->kind) {
    case CATALOGUE_API:
        if (is_new) group_terms_title(terms, catalogue_string(catalogue, element->name));
        group_terms_both(terms, element->type);
        group_terms_api_id(terms, catalogue_string(catalogue, element->type));
        break;
    case CATALOGUE_ENDPOINT:
        group_terms_both(terms, element->owner);
        if (group_terms_is_new(terms, element->type))
            group_terms_words(terms->words, catalogue_string(catalogue, element->type), true);
        break;
    case CATALOGUE_OBJECT:
        if (is_new) group_terms_name(terms, catalogue_short_name(catalogue_string(catalogue, element->name)));
        break;
    default: break;
    }
}

int group_terms_make(const struct groups *groups, const struct catalogue *catalogue, enum catalogue_kind kind,
                     struct dictionary_builder *names, struct dictionary_builder *words)
{
    struct group_terms terms = { .catalogue = catalogue, .names = names, .words = words };
    buf_init(&terms.squashed, UINT32_MAX);
    uint32_t first = groups->kind_first[kind], end = groups->kind_first[kind + 1];
    for (uint32_t group = first; group < end; group++) {
        dictionary_builder_document(names);
        dictionary_builder_document(words);
        terms.seen_count = 0;
        for (uint32_t i = groups->groups[group].first_member; i < groups->groups[group + 1].first_member; i++)
            group_terms_element(&terms, &catalogue->elements[groups->members[i]]);
    }
    buf_free(&terms.squashed);
    int error = dictionary_builder_finish(names, NULL, end - first, first, false);
    return error ? error : dictionary_builder_finish(words, NULL, end - first, first, false);
}

int group_terms_methods(const struct groups *groups, struct dictionary_builder *methods)
{
    uint32_t first = groups->kind_first[CATALOGUE_ENDPOINT], end = groups->kind_first[CATALOGUE_ENDPOINT + 1];
    for (uint32_t group = first; group < end; group++) {
        dictionary_builder_document(methods);
        dictionary_builder_add(methods, catalogue_method_name((enum catalogue_method)groups->groups[group].method));
    }
    return dictionary_builder_finish(methods, NULL, end - first, first, false);
}

/* Adds the first letters of the words of `name` to the document begun last; names with letters beyond ASCII have none.
 */
static void group_terms_initial(struct dictionary_builder *initials, struct str name)
{
    struct tokenizer tokenizer = { .text = name };
    char letters[GROUP_TERMS_INITIALS_MAX];
    size_t count = 0, start, end;
    while (tokenize_next(&tokenizer, &start, &end)) {
        if (count == sizeof letters || (unsigned char)name.at[start] >= 0x80) return;
        tokenize_fold(str_cut(name, start, start + 1), &letters[count++]);
    }
    if (count >= GROUP_TERMS_INITIALS_MIN) dictionary_builder_add(initials, (struct str){ letters, count });
}

int group_terms_initials(const struct groups *groups, const struct catalogue *catalogue,
                         struct dictionary_builder *initials)
{
    for (uint32_t group = 0; group < groups->count; group++) {
        const struct format_element *element = &catalogue->elements[groups->groups[group].best];
        struct str name = catalogue_string(catalogue, element->name);
        if (element->kind == CATALOGUE_OBJECT) name = catalogue_short_name(name);
        if (element->kind == CATALOGUE_ENDPOINT) name = catalogue_string(catalogue, element->owner);
        dictionary_builder_document(initials);
        group_terms_initial(initials, name);
    }
    return dictionary_builder_finish(initials, NULL, groups->count, 0, false);
}
