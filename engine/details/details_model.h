/* details_model.h - a data model level by level: lines (fields), and what is in them.
 *
 *     details_field  describes one schema as a line, and notes its inside as a model still to be told;
 *     details_models takes the noted ones in turn: each becomes lines, which note their insides …
 *
 *     Deployment ─ spec ─ template ─ …       level 1 is whole before level 2 begins, so that what does not fit
 *                ├ status ─ …                 into an answer is what lies deepest, and is counted there
 *
 * Nothing recurses: a circle of references ends where an object comes that the model is in already. */
#ifndef ENGINE_DETAILS_MODEL_H
#define ENGINE_DETAILS_MODEL_H

#include "details_schema.h"

/* Where the properties of a schema have their ids: in this object, below this path ("spec.template."). An empty object:
 * they are no elements. */
struct details_owner {
    struct str object, path;
};
extern const struct details_owner details_nobody;

/* Other schemas of the same value: one property may stand in several parts of an object. */
enum { DETAILS_ALSO = 8 };
struct details_also {
    yyjson_val *schemas[DETAILS_ALSO];
    struct part parts[DETAILS_ALSO]; /* where each stands */
    size_t count;
};
/* What other parts of an object than `shown` say of the property that stands there as `schema`. */
void details_also(struct details_maker *maker, const struct parts *parts, const struct part *shown, struct str name,
                  yyjson_val *schema, struct details_also *also);
/* The part whose property of this name is taken (parts_property), or NULL. */
const struct part *details_part_with(const struct details_maker *maker, const struct parts *parts, struct str name);

/* The first names of what a field's type has, for one that is not told itself: `inner` is what it, or each of its
 * items, is. */
void details_keys(struct details_maker *maker, yyjson_val *inner, struct engine_field *field);

/* What is in a field, still to be told. */
struct details_model {
    struct details_model *next;
    struct engine_field *field;
    yyjson_val *schema;
    struct details_owner owner;
    const struct details_model *around; /* the model that the field is a line of; NULL: none */
    struct str object; /* that it is of, or the reference that led to it; empty: it is written in place */
    unsigned level;    /* of its lines, from 1 */
    bool is_open;      /* what a reference leads to is told whatever the level */
};

/* Describes a schema as a field: all but name, id, in and the required flag. Its inside is noted at `level`. */
struct details_line {
    struct details_owner owner;      /* of the properties inside */
    const struct details_also *also; /* NULL: none */
    const struct details_model *around;
    unsigned level;
    bool is_open;
};
void details_field(struct details_maker *maker, yyjson_val *schema, const struct details_line *line,
                   struct engine_field *field);
/* Tells all models that were noted. */
void details_models(struct details_maker *maker);
/* True when the model, which may be NULL, is in one of this object, or is that itself. */
bool details_is_in(const struct details_model *model, struct str object);
/* Who owns what a part says: the component that it stands in, else `owner`. */
struct details_owner details_owner_of(struct details_maker *maker, const struct part *part, struct details_owner owner);

/* Empty strings everywhere, so that no `at` is NULL. */
extern const struct engine_field details_no_field;

/* ---- What a field says: details_facts.c, details_values.c, details_limits.c, details_rules.c, details_notes.c ---- */

/* Sentences about a field. */
enum { DETAILS_SENTENCES = 16 };
struct details_sentences {
    struct str at[DETAILS_SENTENCES];
    size_t count;
};
/* Adds what is in maker->text, which is emptied; what is too long is cut. */
void details_sentence_take(struct details_maker *maker, struct details_sentences *sentences);
void details_sentence(struct details_maker *maker, struct details_sentences *sentences, struct str sentence);
/* Adds them behind the field's rules. */
void details_add_rules(struct details_maker *maker, struct engine_field *field,
                       const struct details_sentences *sentences);
/* Adds a sentence to the field's note. */
void details_add_note(struct details_maker *maker, struct str *note, struct str sentence);

/* Sets format, pattern, default_value, constant, docs and title, and by the next two range, values and examples. */
void details_facts(struct details_maker *maker, const struct details_schema *schema, struct engine_field *field);
/* The limits of all parts, the strictest of each, in words, behind what is in maker->text: "1 to 63 characters". False
 * when nothing can keep them. */
bool details_limits(struct details_maker *maker, const struct details_schema *schema);
void details_values(struct details_maker *maker, const struct details_schema *schema, struct engine_field *field);
void details_schema_examples(struct details_maker *maker, const struct details_schema *schema,
                             struct engine_field *field);
void details_rules(struct details_maker *maker, const struct details_schema *schema, struct engine_field *field);
void details_notes(struct details_maker *maker, const struct details_schema *schema, struct engine_field *field);

/* JSON text of a value, in the arena; empty when it is longer than LIMIT_DETAILS_VALUE_BYTES. */
struct str details_json(struct details_maker *maker, yyjson_val *value);
/* Examples of a schema, a parameter or a media type: `example`, and `examples` as a list or by name. */
void details_examples(struct details_maker *maker, yyjson_val *example, yyjson_val *examples,
                      const struct engine_value **values, size_t *count);

/* ---- details_words.c: a schema in words, behind what is in maker->text ------------------------------------------- */

/* As a noun: "string, 1 to 5 characters", "one of "a", "b"", "Pet". */
void details_words_noun(struct details_maker *maker, yyjson_val *schema);
/* As what it says of an object: "`kind` is "a", `size` is there". */
void details_words_clauses(struct details_maker *maker, yyjson_val *schema);
/* What limits a value, without its type: "1 to 5 characters, like /^x/". False when nothing does. */
bool details_words_limits(struct details_maker *maker, yyjson_val *schema);

/* ---- details_type.c ---------------------------------------------------------------------------------------------- */

struct str details_type(struct details_maker *maker, yyjson_val *schema);
/* The schema that the type names inside arrays, maps and lists of one: the element type. */
yyjson_val *details_inner(yyjson_val *schema);

/* ---- details_tree.c, details_choices.c --------------------------------------------------------------------------- */

/* The lines of a model. `owner`: of what is written in place. */
void details_tree(struct details_maker *maker, const struct details_schema *schema, const struct details_model *model,
                  struct details_owner owner);
void details_choices(struct details_maker *maker, const struct details_schema *schema,
                     const struct details_model *model, struct details_owner owner);
/* True when there is something to be told by these two. */
bool details_has_tree(const struct details_schema *schema);
bool details_has_choices(const struct details_schema *schema);

/* ---- details_at.c ------------------------------------------------------------------------------------------------ */

/* Follows `path` from a schema that belongs to `owner`, through references, arrays and maps, and describes the field
 * that it leads to. False when there is none: maker->missing says what there is. */
bool details_at(struct details_maker *maker, yyjson_val *schema, struct details_owner owner, struct str path,
                struct engine_field *field);

#endif
