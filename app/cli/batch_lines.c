#include "batch_lines.h"

#include "commands.h"
#include "replies.h"

#include <stdlib.h>

/* A line longer than any question: what is behind is skipped. */
enum { BATCH_LINE_BYTES = 64 * 1024 };

struct batch_lines {
    const struct action *action;
    batch_lines_fn *answer;
    const void *context;
    char *line; /* BATCH_LINE_BYTES */
};

/* Reads a line without its end into lines->line. False at the end; `*size` above BATCH_LINE_BYTES: it was too long. */
static bool batch_lines_read(struct batch_lines *lines, FILE *in, size_t *size)
{
    int byte = getc_unlocked(in);
    if (byte == EOF) return false;
    for (*size = 0; byte != '\n' && byte != EOF; byte = getc_unlocked(in)) {
        if (*size < BATCH_LINE_BYTES) lines->line[*size] = (char)byte;
        if (*size <= BATCH_LINE_BYTES) (*size)++;
    }
    return true;
}

bool batch_lines_text(struct arena *arena, yyjson_val *question, const char *name, size_t limit, struct str *text,
                      struct action_fault *fault)
{
    yyjson_val *value = yyjson_obj_get(question, name);
    if (value == NULL) return true;
    *text = payload_text(arena, value);
    if (yyjson_is_str(value) && text->size <= limit) return true;
    action_fail(fault, ACTION_INVALID,
                arena_format(arena, "\"%s\" must be a string of at most %zu bytes.", name, limit));
    return false;
}

static struct str batch_lines_try(const struct batch_lines *lines, struct str line, struct action_fault *fault)
{
    yyjson_val *question = line.size <= BATCH_LINE_BYTES ? payload_read(lines->action->arena, line) : NULL;
    if (yyjson_is_obj(question)) return lines->answer(lines->action, question, lines->context, fault);
    action_fail(fault, ACTION_INVALID, STR("The line is no JSON object, or it is longer than 64 KiB."));
    return (struct str){ NULL, 0 };
}

static bool batch_lines_answer(const struct batch_lines *lines, struct str line, FILE *out)
{
    struct action_fault fault = { 0 };
    struct str reply = batch_lines_try(lines, line, &fault);
    bool is_good = reply.at != NULL;
    if (!is_good && fault.error == ACTION_OK) action_fail(&fault, ACTION_OVERLOADED, STR("Out of memory."));
    if (!is_good) reply = reply_error(lines->action->arena, &fault, NULL);
    if (reply.at == NULL) reply = STR("{\"error\":{\"code\":\"overloaded\",\"message\":\"Out of memory.\"}}");
    fwrite(reply.at, 1, reply.size, out);
    fputc('\n', out);
    fflush(out); /* who asks may wait for each answer before the next question */
    arena_reset(lines->action->arena);
    return is_good;
}

int batch_lines_run(const struct action *action, FILE *in, FILE *out, batch_lines_fn *answer, const void *context)
{
    struct batch_lines lines = { action, answer, context, malloc(BATCH_LINE_BYTES) };
    bool all_good = lines.line != NULL;
    size_t size;
    while (lines.line != NULL && batch_lines_read(&lines, in, &size))
        all_good &= batch_lines_answer(&lines, (struct str){ lines.line, size }, out);
    free(lines.line);
    return all_good && fflush(out) == 0 && !ferror(in) ? COMMAND_DONE : COMMAND_ERROR;
}
