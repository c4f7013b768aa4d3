/* catalogue_builder.h - the same model while it is made.
 *
 * Each import thread fills a builder of its own, an API at a time, and hands it to a catalogue_union, which brings all
 * together. Strings are interned as they come; what the builder numbers them by is its own, until
 * catalogue_builder_finish. Running out of memory stays in the builder (`failed`) and is looked at once, after each
 * API. */
#ifndef ENGINE_CATALOGUE_BUILDER_H
#define ENGINE_CATALOGUE_BUILDER_H

#include "catalogue.h"
#include "file.h"
#include "pack.h"
#include "uses.h"

struct catalogue_builder;

int catalogue_builder_create(struct catalogue_builder **builder);
void catalogue_builder_destroy(struct catalogue_builder *builder); /* NULL is fine */
/* Forgets all content, keeps the memory. */
void catalogue_builder_reset(struct catalogue_builder *builder);
bool catalogue_builder_failed(const struct catalogue_builder *builder);
/* The bytes of all strings, facts and elements: what a specification made to grow is stopped by. */
uint64_t catalogue_builder_size(const struct catalogue_builder *builder);

/* The number of an interned copy of `text`: what stands for a string id until the catalogue is finished. */
uint32_t catalogue_builder_string(struct catalogue_builder *builder, struct str text);
/* The number of an interned copy of these facts; 0 when all are empty. `values` are strings' numbers. */
uint32_t catalogue_builder_facts(struct catalogue_builder *builder, uint32_t format, uint32_t default_value,
                                 const uint32_t *values, uint32_t value_count);

/* Starts an API and its element; the numbers in `api` that count are the builder's to fill. Returns the element number.
 */
uint32_t catalogue_builder_api(struct catalogue_builder *builder, const struct format_api *api);
/* Adds an element to the API started last. Returns its number. */
uint32_t catalogue_builder_element(struct catalogue_builder *builder, const struct format_element *element);
/* Notes a use of an object of the API, as uses_writer_add takes it. */
void catalogue_builder_use(struct catalogue_builder *builder, uint32_t target, uint32_t user, uint32_t within,
                           enum uses_role role);
/* The API has all its elements and uses. */
void catalogue_builder_end_api(struct catalogue_builder *builder);
/* Stores the API's original text, in pieces as the outline says, or in one. FILE_NO_MEMORY. */
int catalogue_builder_pack(struct catalogue_builder *builder, struct str text, const struct pack_outline *outline);
int catalogue_builder_text(struct catalogue_builder *builder, struct str text);
/* Says which state of its file the API was read from (struct format_api). */
void catalogue_builder_source(struct catalogue_builder *builder, uint64_t hash, int64_t time);
/* Copies an API of a catalogue, its text as it is compressed there. FILE_OK, FILE_NO_MEMORY. */
int catalogue_builder_copy(struct catalogue_builder *builder, const struct catalogue *from, uint32_t api);
/* Undoes all since the last catalogue_builder_api: its specification turned out to be bad. */
void catalogue_builder_drop_api(struct catalogue_builder *builder);

/* Makes a catalogue of this builder alone and gives a view for reading, texts included, good until the builder changes
 * or is finished again. */
int catalogue_builder_finish(struct catalogue_builder *builder, struct catalogue *catalogue);
/* Writes its sections. After catalogue_builder_finish. */
int catalogue_builder_write(const struct catalogue_builder *builder, struct file_writer *writer);

#endif
