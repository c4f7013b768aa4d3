/* limits.h - every ceiling in one place, each with the attack or accident it stops.
 * What the user of the Socket.IO server may set is in sio_options; these are the defaults and the rest. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
    /* HTTP: a client that sends headers for ever. Node's own ceiling is 16 KiB. */
    LIMIT_HTTP_HEADER_BYTES = 16 * 1024,
    LIMIT_HTTP_HEADERS = 100,
    LIMIT_HTTP_URL_BYTES = 8 * 1024,

    /* WebSocket: control frames carry at most 125 bytes (RFC 6455 §5.5). */
    LIMIT_WS_CONTROL_BYTES = 125,

    /* Socket.IO: a packet that announces attachments for ever (socket.io-parser 4.2.6: 10). */
    LIMIT_PACKET_ATTACHMENTS = 10,
    LIMIT_PACKET_NAMESPACE_BYTES = 256,
    /* One client that joins every namespace a pattern can make. */
    LIMIT_CLIENT_NAMESPACES = 128,
    /* A megabyte of "1,1,1," would become twelve megabytes of values. */
    LIMIT_PACKET_ARGUMENTS = 1000,
    /* MessagePack carries bytes where they stand, two bytes for an empty one, and each becomes a value. */
    LIMIT_MSGPACK_ATTACHMENTS = 1000,
    /* What one client may make the server keep for it. Rooms that it may name itself, a new one with each event: */
    LIMIT_SOCKET_ROOMS = 10000,
    LIMIT_ROOM_BYTES = 4096,
    /* and questions of the server that it never answers, each looked through when it does. */
    LIMIT_SOCKET_ACKS = 1000,
    /* Events behind one about which a filter has not decided: a client need not wait for answers. */
    LIMIT_SOCKET_WAITING_EVENTS = 100,
    /* JSON nested for ever: a bit of the reader's stack a level, and a frame in many a handler's own parser. */
    LIMIT_JSON_DEPTH = 512,

    /* Specifications: nesting that would exhaust the stack of a recursive walk. */
    LIMIT_SPEC_DEPTH = 1000,
    /* The largest public specification has 38 MB; a file of gigabytes is an accident or an attack. */
    LIMIT_SPEC_BYTES = 256 * 1024 * 1024,
    /* Names repeat in the owners of all that they contain, referenced texts wherever they are referred to: the elements
     * of a small file made for it would fill any memory. Those of the default catalogue take at most 1.8 times the
     * memory of their document; allowed are 8 times and this much more, and in all no more than twice LIMIT_SPEC_BYTES.
     */
    LIMIT_SPEC_GROWTH = 8,
    LIMIT_SPEC_GROWTH_BYTES = 16 * 1024 * 1024,
    /* A chain of references, each to the next. */
    LIMIT_REF_HOPS = 32,
    /* Properties inside properties: the deepest in the default catalogue is 23. */
    LIMIT_PROPERTY_DEPTH = 64,

    /* A question pasted from a clipboard: more words cost time and change nothing. */
    LIMIT_QUERY_BYTES = 1024,
    LIMIT_QUERY_WORDS = 16,
    LIMIT_RESULTS = 100,
    /* A client that leafs to the end: rows that far down answer no question, and skipping costs as much as listing. */
    LIMIT_OFFSET = 10000,
    /* An element's id: an API, an object and a path of properties; the longest of the default catalogue has 600 bytes.
     */
    LIMIT_ID_BYTES = 4096,

    /* Requests that the page has the server send to APIs, in both directions: what is tried by hand is small, and
     * nobody should fill this machine, or use it to fill another. */
    LIMIT_CODE_VALUES = 200, /* that are given for one of them; no endpoint of the default catalogue takes so many */
    LIMIT_COURIER_REQUESTS = 32, /* at a time, of all clients */
    LIMIT_COURIER_BODY_BYTES = 256 * 1024,
    LIMIT_COURIER_HEADER_BYTES = 8 * 1024,
    LIMIT_COURIER_HEADERS_BYTES = 32 * 1024,
    LIMIT_COURIER_CONNECT_MS = 5 * 1000,
    LIMIT_COURIER_MS = 20 * 1000,

    /* Answering one event: what its arena may hold, and the longest reply, a quarter of the backlog that
     * sio_options allows a client. */
    LIMIT_EVENT_MEMORY = 128 * 1024 * 1024,
    LIMIT_REPLY_BYTES = 1024 * 1024,

    /* A description of megabytes, or one whose markup makes a node of every byte: the longest of 1.4 million in the
     * default catalogue has 518 KB, a manual that is cut here. A summary is for one line on a wide screen. */
    LIMIT_MARKDOWN_BYTES = 128 * 1024,
    LIMIT_MARKDOWN_MEMORY = 64 * 1024 * 1024,
    LIMIT_SUMMARY_BYTES = 240,

    /* What one schema may be composed of, all its allOf and the references in them counted. */
    LIMIT_SCHEMA_PARTS = 64,
    /* Names that a schema requires, each of which may be looked for among as many properties. */
    LIMIT_SCHEMA_REQUIRED = 4096,

    /* Samples: schemas that nest without end, and objects with a thousand required properties. Optional properties come
     * up to a number of lines and a depth that are still read, in a full sample up to another; required ones up to a
     * third. */
    LIMIT_SAMPLE_DEPTH = 16,
    LIMIT_SAMPLE_DEPTH_OPTIONAL = 6, /* arrays counted */
    LIMIT_SAMPLE_LINES = 60,
    LIMIT_SAMPLE_LINES_FULL = 600,
    LIMIT_SAMPLE_LINES_REQUIRED = 1200,
    /* Members looked at for one sample: sixty objects that refer to all others, each made and dropped again in each of
     * them, take hours. No object of the default catalogue needs 3,000. */
    LIMIT_SAMPLE_MEMBERS = 10 * 1000,
    LIMIT_SAMPLE_PAIRS = 20,            /* of a map that asks for many */
    LIMIT_SAMPLE_TEXT_BYTES = 2 * 1024, /* of an author's text */
    LIMIT_SAMPLE_LENGTH = 8 * 1024,     /* that a minLength may ask for */
    LIMIT_EXAMPLE_BYTES = 256 * 1024,

    /* What one operation may have of each; in the default catalogue one has 582 parameters, and 11 servers. */
    LIMIT_OPERATION_PARAMETERS = 1024,
    LIMIT_OPERATION_SERVERS = 64,
    /* A path of a hundred thousand placeholders, each looked for among those before; none in the default catalogue has
     * more than 10. */
    LIMIT_REQUEST_VARIABLES = 64,
    /* Code that a specification gives itself: the longest in the default catalogue has 6 KB. */
    LIMIT_GIVEN_CODE_BYTES = 16 * 1024,
    LIMIT_GIVEN_LABEL_BYTES = 60,

    /* An answer of engine_details: an object with a hundred thousand properties, a type used by as many, an enum of a
     * million values. What is left out is told in words. */
    LIMIT_DETAILS_FIELDS = 1000,
    LIMIT_DETAILS_DEPTH = 16, /* of levels asked for */
    LIMIT_DETAILS_VALUES = 1000,
    LIMIT_DETAILS_ALTERNATIVES = 100,
    LIMIT_DETAILS_CHOICES = 8,
    LIMIT_DETAILS_TEXT_BYTES = 512 * 1024,
    LIMIT_DETAILS_BODIES = 100,
    LIMIT_DETAILS_MEDIA_TYPES = 4,
    LIMIT_DETAILS_PLACES = 40,
    LIMIT_DETAILS_SECURITY = 64,
    LIMIT_DETAILS_SCOPES = 200,
    LIMIT_DETAILS_TAGS = 500,
    LIMIT_DETAILS_HEADERS = 64,
    LIMIT_DETAILS_LINKS = 32,
    LIMIT_DETAILS_CALLBACKS = 32,
    LIMIT_DETAILS_VARIABLES = 32,
    /* One value as JSON text, how many are examples, and a sentence about a field: what is longer is none of these. */
    LIMIT_DETAILS_VALUE_BYTES = 2 * 1024,
    LIMIT_DETAILS_EXAMPLES = 8,
    LIMIT_DETAILS_SENTENCE_BYTES = 400,
    /* References and arrays between a field and what is in it. */
    LIMIT_DETAILS_HOPS = 8,
    /* Work that shows in no length: schemas looked at for sentences that stay empty, and a million properties each
     * looked for in 64 parts. */
    LIMIT_DETAILS_WORDS = 4096,
    LIMIT_DETAILS_LOOKS = 1000 * 1000,

    /* Uses that are looked at for the ways to one object: a millisecond. The largest API of the default catalogue has
     * 58,000 in all; a specification made for it has millions. */
    LIMIT_REFS_EDGES = 200000,

    /* Of a specification's own text, for one answer. */
    LIMIT_SOURCE_BYTES = 256 * 1024,

    /* What a thread keeps of specifications, decompressed and parsed: a question loads some 100 KB. */
    LIMIT_DETAILS_CACHE_BYTES = 64 * 1024 * 1024,
};

#endif
