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
 *     ├────────────────────┤ 4096
 *     │ sections …          │   in the table's order, each padded with zeros to 64 bytes
 *     └────────────────────┘   64 zero bytes at the very end: a decoder may look a little too far
 *
 * A reader checks the header, the table and the checksum of each section but FORMAT_TEXTS (whose packs and frames
 * carry checksums of their own) before it believes a number; what it then reads through an offset it still
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
 * (string id), default (string id of its JSON text), number of enum values, the string id of each (JSON text). The
 * empty entry at offset 0 stands for "none of these". Those of an endpoint have its tags as values.
 *
 * TEXTS. Each specification as it was read, to the byte, so that any part of it is found without reading the rest. The
 * members of its large maps are PIECES, cut out of it; what is left is the SKELETON:
 *
 *     as it was read   {"info":{…},"paths":{"/a":{…},"/b":{…}},"components":{"schemas":{"A":{…},"B":{…}}}}
 *     skeleton         {"info":{…},"paths":{},"components":{"schemas":{}}}
 *     pieces                                 "/a":{…},"/b":{…}                         "A":{…},"B":{…}
 *
 * The skeleton and behind it the pieces of all maps, with what stands between them, are cut at the beginnings of pieces
 * into BLOCKS of some 64 KB, the skeleton and the first pieces being the first one. A block is a zstd frame with
 * checksum; the end of the first one's text is the dictionary of the others. In front of the frames lie a struct
 * format_pack, then three arrays: struct format_pack_map and struct format_pack_block, each with one more that closes
 * the ranges, and struct format_pack_piece, those of one map in the order of the hashes of their keys. An API's pack
 * begins at a multiple of 8.
 *
 * USES. Of each API, at a multiple of four: who uses which of its objects (catalogue/uses.h). A number for each object,
 * how far behind the API its element lies; a number for each and one more, where in the bytes behind them its list
 * begins. A list that is not empty is LEB128: how many of the users are objects or properties; of each of these how
 * much larger the number of the object is than the last one's, and how far behind the object the property lies (0: the
 * object itself), with enum uses_role in the lowest three bits; then of each endpoint or parameter how many elements it
 * lies behind the last one, with the role in the lowest three bits.
 *
 * The search index, built from the catalogue, follows. What it finds are not elements but GROUPS: all elements of one
 * kind and one name, whatever the case of its letters, and of objects whatever the version in it ("name" is a property
 * of 21,000 objects: one row, one group); endpoints of one group agree in method, path and operationId. Groups are
 * numbered by kind, and within a kind by rank, the best first: so the smallest numbers of any set of groups are the
 * best results, and the ranges of numbers in format_index.kind_first tell the kind.
 *
 *     "podspec" ──┐ dictionaries                    groups                     elements
 *     "pod"     ──┼─────────────▶ 17 │ 204 │ …  ──▶ first_member … ──▶ MEMBERS ──▶ 8812 │ 90771 │ …
 *     "secrets" ──┘                                 ◀───────────────── GROUP_OF ◀──
 *
 * GROUPS. An array of struct format_group, and one more that closes the ranges. MEMBERS: the elements of each group,
 * rising, so that those of one API (whose elements lie together) are found by binary search. MEMBER_OWNERS, beside
 * it: the group of each member's object or endpoint, FORMAT_NO_OWNER for what has none, with FORMAT_NESTED added for a
 * property inside a property; so whether "podspec" owns a restartPolicy is told without a look at the elements.
 * MEMBER_LINKS: of those members that are objects or properties, which come one after the other, the object that the
 * type names (index/type_links.h), the element itself of a property with properties inside, else FORMAT_NO_LINK.
 * GROUP_OF: the group of each element. WEIGHTS: one byte an element, its importance within its API (index/weigh.h says
 * how it comes about).
 *
 * ENTRIES. The descriptions: an array of struct format_entry, one for each differing text of a group, in the order of
 * the groups, within a group by string ids (that of the text; and of the summary of an endpoint, which belongs to its
 * text). An entry stands for the weightiest element of that group that has this text, and tells its surroundings.
 * ENTRY_WORDS: one byte each, how many differing words the text has.
 *
 * STEMS. For each term of dictionary 11 the number of the next one that is a form of the same word ("name", "names",
 * "named"), in a ring.
 *
 * SPELLING. A tree of letters over the terms of the dictionaries 0 to 9 (names and the words in them), through which
 * those are found that differ from a text by a typing error or two. SPELLING_TERMS: all their terms, in byte order, one
 * after the other: the number of the dictionary in the four highest bits, then the entry. SPELLING_NODES: an array of
 * struct format_spelling_node, breadth first, the root in front, and one more at the end; node n's children are
 * [n.first_child, (n + 1).first_child), in the order of their letters, which are in SPELLING_LABELS, a byte each. A
 * node stands for the terms that begin with the letters on the way to it: [first_term, first_term of the next child of
 * its parent, or the parent's end). In front of its children's come those that end there. Where few terms are left the
 * tree ends; what follows in each, up to four letters, the first in the lowest byte, then zeros, is in SPELLING_TAILS,
 * beside the terms.
 *
 * DICTIONARIES. Sorted terms with their postings, four sections each (index/dictionary.h tells their form);
 * FORMAT_DICTIONARY + 4 * number + part. By number (index/index.h): 0 to 4, for each kind, squashed whole names →
 * groups; 5 to 9, for each kind, words in names → groups; 10, methods → groups; 11, words in descriptions → entries,
 * packed (index/postings.h); 12, squashed values of an enum, or told in a description, → groups of properties and
 * parameters (index/values.h), and beside its postings, in VALUE_ELEMENTS, an element of the group that has the value;
 * 13, initials of names of several words → groups of all kinds;
 * 14, trigrams → words in names, packed (index/trigrams.h).
 * How text becomes terms: index/tokenize.h. */
#ifndef ENGINE_FORMAT_H
#define ENGINE_FORMAT_H

#include <stdint.h>

#define FORMAT_MAGIC "APIBLAZE" /* 8 bytes, no NUL */
enum {
    FORMAT_VERSION = 8,
    FORMAT_ALIGN = 64,
    FORMAT_SECTIONS_MAX = 126, /* with the header 4,096 bytes, so that the table's room is known before its content */
    FORMAT_SECTIONS_AT = 4096,
    FORMAT_STRING_ALIGN = 4,
};

enum format_section_id {
    FORMAT_STRINGS = 1,
    FORMAT_APIS = 2,
    FORMAT_ELEMENTS = 3,
    FORMAT_FACTS = 4,
    FORMAT_TEXTS = 5,
    FORMAT_USES = 6,

    FORMAT_INDEX = 16,
    FORMAT_GROUPS = 17,
    FORMAT_MEMBERS = 18,
    FORMAT_GROUP_OF = 19,
    FORMAT_WEIGHTS = 20,
    FORMAT_ENTRIES = 21,
    FORMAT_ENTRY_WORDS = 22,
    FORMAT_MEMBER_OWNERS = 23,
    FORMAT_MEMBER_LINKS = 24,
    FORMAT_STEMS = 25,
    FORMAT_SPELLING_NODES = 26,
    FORMAT_SPELLING_LABELS = 27,
    FORMAT_SPELLING_TERMS = 28,
    FORMAT_SPELLING_TAILS = 29,
    FORMAT_VALUE_ELEMENTS = 30,
    FORMAT_DICTIONARY = 32, /* and those behind it */
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
    uint32_t text_size;   /* of the pack */
    uint64_t text_offset; /* in FORMAT_TEXTS */
    uint64_t text_bytes;  /* uncompressed: the size of the file it was read from */
    uint64_t source_hash; /* XXH3 of that file; 0 when it is not known */
    int64_t source_time;  /* when it was changed last, in nanoseconds */
    uint64_t uses_offset; /* in FORMAT_USES */
    uint32_t uses_size;
    uint32_t reserved;
};

struct format_element {
    uint32_t name;   /* string id; an endpoint's is its path, a nested property's its last part, an API's its title */
    uint32_t owner;  /* string id; of a property "Object" or "Object.parent.parent"; of a parameter "GET /path", or
                      * "/path" when the path declares it; of an endpoint its operationId; of other kinds empty */
    uint32_t parent; /* element number: of a property its object, of a parameter its endpoint, else the API */
    uint32_t type;   /* string id of the type text; of an endpoint its summary; of an API its id */
    uint32_t text;   /* string id of the description, Markdown as it was written, whole */
    uint32_t facts;  /* offset in FORMAT_FACTS */
    uint8_t kind;    /* enum engine_kind */
    uint8_t flags;   /* enum catalogue_flag */
    uint8_t detail;  /* of an endpoint enum catalogue_method, of a parameter enum catalogue_in */
    uint8_t reserved;
};

struct format_pack {
    uint64_t checksum;      /* XXH3 of what follows, up to the first frame */
    uint32_t text_size;     /* of the specification */
    uint32_t skeleton_size; /* the first block has all of it */
    uint32_t map_count, block_count, piece_count;
    uint32_t dictionary_size; /* of the end of the first block's text; 0: the other blocks have none */
};

struct format_pack_map {
    uint32_t value;       /* number of the map among the skeleton's values, in the order of the text; keys count */
    uint32_t at;          /* where in the skeleton its members were */
    uint32_t offset;      /* of its members, in the skeleton with the pieces behind it */
    uint32_t first_piece; /* of the pieces */
};

struct format_pack_block {
    uint32_t offset; /* of its text, in the skeleton with the pieces behind it */
    uint32_t line;   /* line ends before that */
    uint32_t frame;  /* offset behind the directory */
};

struct format_pack_piece {
    uint32_t hash; /* 24 bits of the XXH3 of the key, decoded; in the lowest 8 how long the piece is at most (pack.h) */
    uint32_t offset; /* of the key's quote, in the skeleton with the pieces behind it */
};

#define FORMAT_NO_LINK UINT32_MAX
enum { FORMAT_NO_OWNER = 0x7FFFFFFF };
#define FORMAT_NESTED 0x80000000U

struct format_index {
    uint32_t group_count;
    uint32_t entry_count;
    uint32_t kind_first[FORMAT_KINDS + 1]; /* the groups of a kind are [kind_first[kind], kind_first[kind + 1]) */
};

struct format_group {
    uint32_t first_member; /* in FORMAT_MEMBERS */
    uint32_t first_entry;  /* in FORMAT_ENTRIES */
    uint32_t best;         /* element: the weightiest member */
    uint32_t api_count;    /* differing APIs */
    uint32_t owner_count;  /* differing owners */
    uint16_t rank;         /* smaller is better; compares groups of differing kinds */
    uint8_t letters; /* letters and digits of the name, in bytes, 255 for more; of an object those of its last part */
    uint8_t method;  /* of endpoints: enum catalogue_method */
};

/* Where a block of a dictionary begins: in its terms, and in its postings. */
struct format_block {
    uint32_t terms;
    uint32_t postings;
};

struct format_spelling_node {
    uint32_t first_child;
    uint32_t first_term;
};

enum { FORMAT_SPELLING_SHIFT = 28 }; /* of the dictionary's number in a term */

struct format_entry {
    uint32_t element;
    uint32_t group; /* of the element */
    uint32_t owner; /* the group of its object or endpoint, or FORMAT_NO_OWNER */
    uint32_t api;   /* the number of its API */
};

#endif
