/* sample_node.h - a sample value as a tree, ready to be written as JSON or YAML with one of its members marked. */
#ifndef ENGINE_SAMPLE_NODE_H
#define ENGINE_SAMPLE_NODE_H

#include "arena.h"
#include "buf.h"
#include "str.h"

#include <stdbool.h>
#include <stddef.h>

enum sample_shape { SAMPLE_LEAF, SAMPLE_OBJECT, SAMPLE_ARRAY };

struct sample_node {
    enum sample_shape shape;
    bool is_focus;                    /* its lines are the ones to be marked */
    bool is_cut;                      /* left empty, for what it holds is under way already or too deep */
    bool is_broken;                   /* something is missing that must be there */
    unsigned left_out;                /* optional members or items for which there was no room */
    struct str key;                   /* of a member: its name */
    struct str json;                  /* of a leaf: its JSON text */
    struct str text;                  /* of a string leaf: what it says; of another: its JSON text */
    struct sample_node *first, *last; /* of an object, an array: its members or items */
    struct sample_node *next;
};

/* New nodes; NULL when there is no memory (then arena->failed). */
struct sample_node *sample_node_new(struct arena *arena, enum sample_shape shape);
struct sample_node *sample_node_leaf(struct arena *arena, struct str json);
/* A string leaf of this text, which it borrows. */
struct sample_node *sample_node_text(struct arena *arena, struct str text);
/* Appends `child`, which may be NULL, to an object (under `key`) or an array. */
void sample_node_append(struct sample_node *parent, struct str key, struct sample_node *child);
/* The same value; members in the same order. */
bool sample_node_equal(const struct sample_node *a, const struct sample_node *b);
/* The member of an object by name, or NULL. */
struct sample_node *sample_node_member(const struct sample_node *object, struct str key);

/* The bytes of the marked member's lines; start == end: nothing is marked. */
struct sample_focus {
    size_t start, end;
};

/* Appends JSON, indented by two spaces a level, without a line end behind it. */
void sample_json_write(struct buf *json, const struct sample_node *node, struct sample_focus *focus);
/* Appends `text` as a JSON string (RFC 8259 §7), quotes included. Bytes that are no UTF-8 become U+FFFD. */
void sample_json_string(struct buf *json, struct str text);

/* Appends YAML 1.2 that says the same, in block style, without a line end behind it; "# … 3 more" where some were left
 * out. */
void sample_yaml_write(struct buf *yaml, const struct sample_node *node, struct sample_focus *focus);

#endif
