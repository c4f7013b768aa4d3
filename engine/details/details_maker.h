/* details_maker.h - the state of an answer of engine_details while it is made; for the details_… files only. */
#ifndef ENGINE_DETAILS_MAKER_H
#define ENGINE_DETAILS_MAKER_H

#include "buf.h"
#include "details_cache.h"
#include "engine.h"
#include "index.h"
#include "operation.h"
#include "parts.h"
#include "sample.h"

struct details_model;

struct details_maker {
    const struct catalogue *catalogue;
    const struct index *index;
    const struct document *document;
    struct arena *arena;
    const struct engine_view *view;
    struct engine_details *details;
    const struct format_element *record; /* the element asked for */
    uint32_t element, api;
    bool is_3_0;                                   /* the document's version of OpenAPI */
    size_t fields_left, text_left;                 /* of LIMIT_DETAILS_FIELDS and LIMIT_DETAILS_TEXT_BYTES */
    size_t words_left, looks_left;                 /* of LIMIT_DETAILS_WORDS and LIMIT_DETAILS_LOOKS */
    struct buf text;                               /* whatever is being written */
    struct details_model *next_model, *last_model; /* models whose fields are still to be told (details_model.h) */
    struct str missing;                            /* what is not there of view->at, in words */
};

/* ---- details.c ------------------------------------------------------------------------------------------------ */

/* The string of the catalogue. */
struct str details_string(const struct details_maker *maker, uint32_t id);
/* A copy in the arena of what is in maker->text, which is emptied; the empty str when it was too large. */
struct str details_take_text(struct details_maker *maker);
/* Every answer begins, reads the document, and ends. details_begin fills the maker but for `view`, `details` and what
 * is of the document; details_read fills that. ENGINE_ENOMEM, ENGINE_ECORRUPT: then nothing has to be ended.
 * details_end frees what the maker holds, and tells of memory that was short. */
struct details_source;
void details_begin(struct details_maker *maker, const struct details_source *source, uint32_t element,
                   struct arena *arena);
int details_read(struct details_maker *maker, const struct details_source *source);
int details_end(struct details_maker *maker, const struct details_source *source);
/* How many properties of the API have a name. Borrows the maker. */
struct sample_common details_common(const struct details_maker *maker);
/* The id of an object, "<api>/object/<name>". */
struct str details_object_id(struct details_maker *maker, struct str name);
/* The component schema of that name, or NULL. */
yyjson_val *details_component(const struct details_maker *maker, struct str name);
/* What stands in components.<section>, an object, or NULL. */
yyjson_val *details_components(const struct details_maker *maker, const char *section);
/* The last token of a JSON pointer, decoded. */
struct str details_component_name(struct details_maker *maker, struct str token);
/* Room in the arena for a list of which `wanted` entries are asked for, at most `most`; *size is how many there is room
 * for, 0 without memory. */
void *details_list(struct details_maker *maker, size_t wanted, size_t most, size_t bytes, size_t *size);
bool details_wants(const struct details_maker *maker, enum engine_without part);

/* ---- One kind each: fill what is in maker->details beyond the names -------------------------------------------- */

void details_make_api(struct details_maker *maker);
void details_make_object(struct details_maker *maker);
void details_make_property(struct details_maker *maker);
void details_make_endpoint(struct details_maker *maker);
void details_make_parameter(struct details_maker *maker);

/* ---- details_describe.c ------------------------------------------------------------------------------------------ */

/* Sets description and html. When the answer's text is used up, what follows is cut to its first sentence. */
void details_describe(struct details_maker *maker, struct str text, struct str *description, struct str *html);
/* The external documentation that an object names, whatever it is an object of. */
struct engine_link details_docs(yyjson_val *object);
/* "The reference … leads nowhere in this specification.", or in a circle, or to another document. */
struct str details_lost_reference(struct details_maker *maker, struct str reference);
/* What a reference that is no schema's leads to: a response, a header, a link. Where it leads nowhere NULL, and *note
 * says so. From 3.1 on a description beside the $ref goes before the one that it leads to. */
yyjson_val *details_resolve(struct details_maker *maker, yyjson_val *value, struct str *description, struct str *note);

/* ---- details_locate.c ------------------------------------------------------------------------------------------- */

/* A property in the document. */
struct details_located {
    yyjson_val *schema;
    yyjson_val *around; /* the schema whose `properties` it is in */
    struct str name;
};
/* Finds the property that stands at `path` (names joined by dots) inside of the component schema `object`, as import
 * walks it: references are not followed. maker->text gets its JSON pointer. */
bool details_locate(struct details_maker *maker, struct str object, struct str path, struct details_located *located);

/* ---- details_places.c, details_example.c ------------------------------------------------------------------------ */

/* All of the API with the element's kind and name (and, for a parameter, its place), the weightiest first. */
void details_places_named(struct details_maker *maker);
/* Who refers to the object. */
void details_places_using(struct details_maker *maker);
/* The weightiest objects and endpoints of the API. */
void details_places_weighty(struct details_maker *maker);

/* Adds examples: a sample in JSON, in JSON and YAML (what can be applied to Kubernetes in YAML and JSON), code as it
 * is. At most DETAILS_EXAMPLES. `node` may be NULL: none. */
enum { DETAILS_EXAMPLES = 16 };
void details_add_sample(struct details_maker *maker, const struct sample_node *node, const char *label);
void details_add_samples(struct details_maker *maker, const struct sample_node *node, yyjson_val *schema);
void details_add_code(struct details_maker *maker, struct str label, struct str language, struct sample_focus focus);
/* details_given.c: the code that the authors show for an Operation Object (x-codeSamples, x-code-samples). */
void details_add_given_code(struct details_maker *maker, yyjson_val *operation);

#endif
