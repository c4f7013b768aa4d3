/* snippet_writer.h - what the languages of snippet.h are written with; for the files of snippet only. */
#ifndef ENGINE_SNIPPET_WRITER_H
#define ENGINE_SNIPPET_WRITER_H

#include "snippet.h"

struct snippet {
    struct buf *code;
    const struct request *request;
    const struct snippet_syntax *syntax;
    struct sample_focus focus;
};

/* A language is a file with one of these, and a row in snippet_languages.c. */
snippet_fn snippet_curl, snippet_httpie, snippet_powershell, snippet_fetch, snippet_node, snippet_python, snippet_go,
    snippet_java, snippet_csharp, snippet_php, snippet_ruby, snippet_rust, snippet_swift, snippet_kotlin, snippet_c,
    snippet_http;

/* ---- How a language writes texts --------------------------------------------------------------------------------- */

/* A string in double quotes. Of control characters each language has \n, \r and \t; the formats are printf's for one
 * code point. */
struct snippet_quotes {
    const char *escaped; /* get a backslash before them */
    const char *control; /* U+0000 to U+001F and U+007F: "\\x%02x" */
    const char *wide;    /* invisible characters above (snippet_is_visible): "\\u%04x" */
    bool has_html;       /* the code may stand in a page: "</" is written as "<\/" */
};

enum snippet_case { SNIPPET_SNAKE, SNIPPET_CAMEL, SNIPPET_PASCAL, SNIPPET_UPPER };

struct snippet_syntax {
    struct snippet_quotes quotes;
    const char *plus;      /* between two strings that become one: " + " */
    const char *before;    /* a name of a variable: "$" */
    const char *of_secret; /* instead, where a secret is used; NULL: the same */
    const char *encode[2]; /* around an expression whose value is percent-encoded when the program runs */
    enum snippet_case names;
    /* A literal of several lines, or false: it cannot hold this text, which is snippet_is_block. NULL: none can. */
    bool (*block)(struct snippet *snippet, struct str text);
    /* The whole string, where the language has quotes of its own; NULL: `quotes`. */
    void (*string)(struct snippet *snippet, struct str text);
};

/* ---- Writing: each appends to the code --------------------------------------------------------------------------- */

/* As it stands. */
void snippet_put(struct snippet *snippet, const char *code);
/* As printf, up to 255 bytes: for code that holds numbers and names. */
void snippet_format(struct snippet *snippet, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Marks what was written from `start` on. */
void snippet_mark(struct snippet *snippet, size_t start, bool is_focus);

void snippet_string(struct snippet *snippet, struct str text);
/* A block in single quotes, in which a backslash takes the meaning from another and from a quote, and from nothing
 * else: strings of PHP and Ruby. */
bool snippet_single_quoted(struct snippet *snippet, struct str text);
void snippet_name(struct snippet *snippet, const struct request_variable *variable);
/* The expression of a text: "literal" + variable + …; an empty string when there are no parts. */
void snippet_text(struct snippet *snippet, const struct request_part *parts);
/* Lines as one expression, each on a line of its own behind `indent`, but one alone, which stays on this line. */
void snippet_lines(struct snippet *snippet, const struct request_line *lines, const char *indent);
/* The body's text, on several lines where it is best read so. */
void snippet_body(struct snippet *snippet, const char *indent);
/* True when snippet_body writes it as several strings that become one. */
bool snippet_body_is_split(struct snippet *snippet);
/* A name and a value: `before`, "name", `between`, value, `after`, for each header. */
void snippet_headers(struct snippet *snippet, const char *before, const char *between, const char *after);
/* A line for each placeholder and file, and one for each secret: `before` NAME `middle` "value" `after`. An empty line
 * follows when there were any. */
struct snippet_variables {
    const char *before, *between, *after; /* of placeholders and files */
    const char *secret_before, *secret_between, *secret_after;
};
void snippet_variables(struct snippet *snippet, const struct snippet_variables *shape);
/* What a person should know, a line each behind `comment`: "# ". */
void snippet_notes(struct snippet *snippet, const char *comment, bool has_certificate);

/* ---- Looking ----------------------------------------------------------------------------------------------------- */

bool snippet_has(const struct snippet *snippet, enum request_variable_kind kind);
/* True when the program percent-encodes something. */
bool snippet_encodes(const struct snippet *snippet);
/* True for a text of printable characters in several lines: what may stand between the quotes of a block. */
bool snippet_is_block(struct str text);
bool snippet_is_ascii(struct str text);
/* False for control characters, line separators of Unicode, marks that turn the direction of writing, and what has no
 * width: in the midst of code they would hide what is written. */
bool snippet_is_visible(uint32_t code_point);
/* How many times `byte` follows `after` at most, and one more; 0: `after` is not in the text. For quotes that are made
 * of as many as the text lacks: "#, ##", … */
size_t snippet_longest_run(struct str text, struct str after, char byte);

/* ---- Parts of multipart bodies, for languages without a function for them ---------------------------------------- */

/* A string of the boundary and the field's head, and of its value and a line end when it is no file. */
void snippet_field(struct snippet *snippet, const struct request_field *field);
/* A string of the value of Content-Disposition. */
void snippet_disposition(struct snippet *snippet, const struct request_field *field);
/* The same as bytes. */
void snippet_field_head(struct buf *head, const struct request_field *field);

#endif
