/* sample_write.h - a sample as text, in one of several formats. */
#ifndef ENGINE_SAMPLE_WRITE_H
#define ENGINE_SAMPLE_WRITE_H

#include "document.h"
#include "sample_node.h"

#include <stdbool.h>

/* X(name, the format as it is asked for, how it is shown, for the highlighter) */
#define SAMPLE_FORMATS(X)                                                                                              \
    X(SAMPLE_JSON, "json", "JSON", "json")                                                                             \
    X(SAMPLE_YAML, "yaml", "YAML", "yaml")                                                                             \
    X(SAMPLE_FORM, "form", "Form", "text")                                                                             \
    X(SAMPLE_MULTIPART, "multipart", "Multipart", "http")                                                              \
    X(SAMPLE_XML, "xml", "XML", "xml")
#define SAMPLE_X(format, name, label, language) format,
enum sample_format { SAMPLE_FORMATS(SAMPLE_X) SAMPLE_FORMAT_COUNT };
#undef SAMPLE_X

bool sample_format_read(struct str name, enum sample_format *format);
const char *sample_format_label(enum sample_format format);
const char *sample_format_language(enum sample_format format);
/* The format that a media type stands for, parameters ignored; false for what is none of them. */
bool sample_format_of(struct str media_type, enum sample_format *format);

/* Of what the sample was made: the writers of forms and of XML ask it how. */
struct sample_source {
    const struct document *document;
    yyjson_val *schema;
    yyjson_val *encoding; /* of its Media Type Object (OpenAPI 3.1 §4.8.15); NULL: none */
    struct str name;      /* of the component that it is; may be empty */
};

/* Appends the sample, without a line end behind it. `focus` gets the bytes of the marked member's lines. Out of memory:
 * text->error, arena->failed. */
void sample_write(struct buf *text, enum sample_format format, const struct sample_node *node,
                  const struct sample_source *source, struct arena *arena, struct sample_focus *focus);

#endif
