#include "output.h"

#include "number.h"
#include "utf8.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { OUTPUT_WIDTH = 80, OUTPUT_WIDTH_MIN = 40, OUTPUT_WIDTH_MAX = 1000 };

static size_t output_width(FILE *file)
{
    struct winsize size;
    uint32_t columns;
    const char *told = getenv("COLUMNS");
    if (ioctl(fileno(file), TIOCGWINSZ, &size) == 0 && size.ws_col >= OUTPUT_WIDTH_MIN) return size.ws_col;
    if (told != NULL && number_read(told, OUTPUT_WIDTH_MIN, OUTPUT_WIDTH_MAX, &columns)) return columns;
    return OUTPUT_WIDTH;
}

/* https://no-color.org: any value but the empty one counts. */
static bool output_wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return (no_colour == NULL || *no_colour == 0) && (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

struct output output_to(FILE *file)
{
    bool is_terminal = isatty(fileno(file)) == 1;
    return (struct output){
        .file = file,
        .is_terminal = is_terminal,
        .has_colour = is_terminal && output_wants_colour(),
        .width = output_width(file),
    };
}

void output_style(const struct output *output, enum output_style style)
{
    static const char *const codes[] = {
        [OUTPUT_PLAIN] = "\033[0m",   [OUTPUT_BOLD] = "\033[1m",  [OUTPUT_DIM] = "\033[2m",
        [OUTPUT_MATCH] = "\033[1;4m", [OUTPUT_KIND] = "\033[36m",
    };
    if (output->has_colour) fputs(codes[style], output->file);
}

/* Prints up to `columns` code points; returns how many. */
static size_t output_some(const struct output *output, struct str text, size_t columns)
{
    size_t printed = 0;
    for (size_t at = 0; at < text.size && printed < columns; printed++) {
        char bytes[4];
        uint32_t code_point = utf8_next(text, &at);
        size_t size = utf8_write(utf8_is_control(code_point) ? ' ' : code_point, bytes);
        fwrite(bytes, 1, size, output->file);
    }
    return printed;
}

static void output_spaces(const struct output *output, size_t count)
{
    for (size_t i = 0; i < count; i++) fputc(' ', output->file);
}

void output_text(const struct output *output, struct str text)
{
    output_some(output, text, SIZE_MAX);
}

void output_cell(const struct output *output, struct str text, size_t width)
{
    bool is_cut = output_columns(text) > width;
    size_t printed = output_some(output, text, is_cut ? width - 1 : width);
    if (is_cut) {
        fputs("…", output->file);
        printed++;
    }
    output_spaces(output, width - printed);
}

size_t output_columns(struct str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.size; count++) utf8_next(text, &at);
    return count;
}

struct str output_first(struct str text, size_t columns)
{
    size_t at = 0;
    while (at < text.size && columns-- > 0) utf8_next(text, &at);
    return str_cut(text, 0, at);
}

/* One source line, broken between words. */
static void output_wrapped_line(const struct output *output, struct str line, size_t indent)
{
    size_t width = output->width > indent + 20 ? output->width - indent : 20, column = 0;
    struct str word;
    while (str_split(&line, ' ', &word)) {
        size_t columns = output_columns(word);
        if (columns == 0) continue;
        if (column > 0 && column + 1 + columns > width) {
            fputc('\n', output->file);
            column = 0;
        }
        output_spaces(output, column == 0 ? indent : 1);
        output_text(output, word);
        column += columns + (column > 0);
    }
    fputc('\n', output->file);
}

static void output_code_line(const struct output *output, struct str line, size_t indent)
{
    if (line.size > 0) output_spaces(output, indent);
    for (struct str part; str_split(&line, '\t', &part);) {
        output_text(output, part);
        if (line.at != NULL) output_spaces(output, 4);
    }
    fputc('\n', output->file);
}

static struct str output_without_return(struct str line)
{
    return str_ends(line, STR("\r")) ? str_cut(line, 0, line.size - 1) : line;
}

void output_wrapped(const struct output *output, struct str text, size_t indent)
{
    for (struct str line; str_split(&text, '\n', &line);) {
        line = output_without_return(line);
        if (str_starts(line, STR("    ")) || str_starts(line, STR("\t")))
            output_code_line(output, line, indent);
        else
            output_wrapped_line(output, line, indent);
    }
}

static void output_lines(const struct output *output, struct str text, size_t indent)
{
    for (struct str line; str_split(&text, '\n', &line);) output_code_line(output, output_without_return(line), indent);
}

/* The lines from one byte to another; a line's end that stands at either is not counted. */
static void output_part(const struct output *output, struct str text, size_t start, size_t end, size_t indent)
{
    struct str part = str_cut(text, start, end);
    if (str_starts(part, STR("\n"))) part = str_cut(part, 1, part.size);
    if (str_ends(part, STR("\n"))) part = str_cut(part, 0, part.size - 1);
    if (part.size > 0) output_lines(output, part, indent);
}

void output_marked(const struct output *output, struct str text, size_t start, size_t end, size_t indent)
{
    size_t before = str_find_last_byte(str_cut(text, 0, start), '\n');
    size_t behind = str_find_byte(str_cut(text, end, text.size), '\n');
    start = before == STR_NONE ? 0 : before + 1;
    if (end > 0) end = behind == STR_NONE ? text.size : end + behind;
    output_part(output, text, 0, start, indent);
    output_style(output, OUTPUT_BOLD);
    output_part(output, text, start, end, indent);
    output_style(output, OUTPUT_PLAIN);
    output_part(output, text, end, text.size, indent);
}
