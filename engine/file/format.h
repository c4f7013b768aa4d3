/* format.h - the index file, in prose and in structs.
 *
 * One file holds all that ApiBlaze knows: the catalogue (every API and element), the search index, and the
 * original specifications. It is written once by `apiblaze import`, then only read, through one shared
 * read-only mapping. All numbers are little-endian; every section begins at a multiple of 64 bytes, so that
 * arrays can be used where they lie.
 *
 *     ┌────────────────────┐ 0
 *     │ struct format_header│   magic, version, size of the file, number of sections, checksum of head and table
 *     ├────────────────────┤ 64
 *     │ section table       │   one struct format_section each: id, offset, size, checksum (XXH3, 64 bits)
 *     ├────────────────────┤ 2048
 *     │ sections …          │   in the table's order, each padded with zeros to 64 bytes
 *     └────────────────────┘   64 zero bytes at the very end: a decoder may look a little too far
 *
 * A reader checks the header, the table and the checksum of each section but FORMAT_TEXTS (whose frames carry
 * checksums of their own) before it believes a number; what it then reads through an offset it still
 * bounds-checks, for a checksum is no proof against a file made to deceive.
 *
 * STRINGS. One blob of interned texts. A string's id is the offset of its length, a LEB128 number, which the
 * bytes and a NUL follow, then zeros up to the next multiple of four: so an id divided by four is a small number that
 * an array can be indexed with. Id 0 is the empty string. Equal texts have equal ids. Strings stand in the order in
 * which the APIs use them first, so that the same specifications always give the same bytes.
 *
 * APIS. An array of struct format_api, in the order of their ids (byte order), so that one is found by binary
 * search.
 *
 * ELEMENTS. An array of struct format_element; an API's elements lie together: the API itself, then each endpoint
 * with its parameters behind it (those that a path declares for all its endpoints come behind the path's first
 * endpoint), then each object with its properties behind it, outer before inner.
 *
 * FACTS. What few elements have, in a blob of the same form as the strings. An entry's bytes are LEB128 numbers: format
 * (string id), default (string id of its JSON text), number of enum values, the string id of each (JSON text). The empty
 * entry at offset 0 stands for "none of these".
 *
 * TEXTS. Each specification as it was read, one zstd frame each, with content size and checksum. */
#ifndef ENGINE_FORMAT_H
#define ENGINE_FORMAT_H

#include <stdint.h>

#define FORMAT_MAGIC "APIBLAZE" /* 8 bytes, no NUL */
enum {
    FORMAT_VERSION = 1,
    FORMAT_ALIGN = 64,
    FORMAT_SECTIONS_MAX = 62,  /* with the header 2,048 bytes, so that the table's room is known before its content */
    FORMAT_SECTIONS_AT = 2048,
    FORMAT_STRING_ALIGN = 4,
};

enum format_section_id {
    FORMAT_STRINGS = 1,
    FORMAT_APIS = 2,
    FORMAT_ELEMENTS = 3,
    FORMAT_FACTS = 4,
    FORMAT_TEXTS = 5,
    /* The search index has the numbers from 16 on. */
};

struct format_header {
    char magic[8];
    uint32_t version;
    uint32_t section_count;
    uint64_t file_size;
    uint64_t checksum; /* of the header with this member zero, and of the section table */
    uint8_t reserved[32];
};

struct format_section {
    uint32_t id;
    uint32_t reserved;
    uint64_t offset;
    uint64_t size;
    uint64_t checksum;
};

enum { FORMAT_KINDS = 5 }; /* enum engine_kind: API, endpoint, object, property, parameter */

struct format_api {
    uint32_t id; /* string ids, these seven */
    uint32_t title;
    uint32_t version;
    uint32_t description;
    uint32_t provider;
    uint32_t category;
    uint32_t source; /* the file it was read from */
    uint32_t first_element;
    uint32_t element_count;
    uint32_t counts[FORMAT_KINDS];
    uint32_t path_parameters;
    uint32_t text_size;   /* of the zstd frame */
    uint64_t text_offset; /* in FORMAT_TEXTS */
    uint64_t text_bytes;  /* uncompressed */
};

struct format_element {
    uint32_t name;   /* string id; an endpoint's is its path, a nested property's its last part, an API's its title */
    uint32_t owner;  /* string id; of a property "Object" or "Object.parent.parent"; of a parameter "GET /path", or "/path"
                        when the path declares it; of an endpoint its operationId; of an object and an API: empty */
    uint32_t parent; /* element number: of a property its object, of a parameter its endpoint, else the API */
    uint32_t type;   /* string id of the type text; of an endpoint its summary; of an API its id */
    uint32_t text;   /* string id of the description, Markdown as it was written, whole */
    uint32_t facts;  /* offset in FORMAT_FACTS */
    uint8_t kind;    /* enum engine_kind */
    uint8_t flags;   /* enum engine_flag */
    uint8_t detail;  /* of an endpoint enum catalogue_method, of a parameter enum catalogue_in */
    uint8_t reserved;
};

#endif
