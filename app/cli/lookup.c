#include "lookup.h"

#include "commands.h"
#include "index_path.h"
#include "limits.h"
#include "number.h"
#include "output.h"

#include <stdio.h>
#include <unistd.h>

/* engine_open names the file itself where it knows more than "not there". */
bool lookup_open_engine(engine **opened, const char *title, const char *path)
{
    struct engine_fault fault = { 0 };
    if (access(path, F_OK) != 0) {
        fprintf(stderr, "%s: there is no index at %s.\n", title, path);
    } else if (engine_open(opened, path, &fault) == ENGINE_OK) {
        return true;
    } else {
        fprintf(stderr, "%s: the index %s cannot be used: %s\n", title, path, fault.text);
    }
    fputs("Make it with 'apiblaze import PATH…', name another with --index, or type 'make run' in the source tree, "
          "which does all.\n",
          stderr);
    return false;
}

bool lookup_open(struct lookup *lookup, const char *title, const char *option)
{
    char path[INDEX_PATH_BYTES];
    if (!index_path_to_read(option, path, sizeof path)) {
        fprintf(stderr, "%s: the index's path is too long.\n", title);
        return false;
    }
    *lookup = (struct lookup){ 0 };
    if (!lookup_open_engine(&lookup->engine, title, path)) return false;
    if (engine_scratch_create(&lookup->scratch, lookup->engine) != ENGINE_OK) {
        fprintf(stderr, "%s: out of memory.\n", title);
        engine_close(lookup->engine);
        return false;
    }
    arena_init(&lookup->arena, LIMIT_EVENT_MEMORY);
    return true;
}

struct action lookup_action(struct lookup *lookup)
{
    return (struct action){ .engine = lookup->engine, .scratch = lookup->scratch, .arena = &lookup->arena };
}

void lookup_close(struct lookup *lookup)
{
    engine_scratch_destroy(lookup->scratch);
    engine_close(lookup->engine);
    arena_free(&lookup->arena);
}

static void lookup_print_candidates(const char *title, const char *id, const struct resolved *resolved)
{
    struct output output = output_to(stderr);
    char number[NUMBER_TEXT];
    fprintf(stderr, "%s: ", title);
    output_text(&output, str_from(id));
    fputs(" may be one of these; say which:\n", stderr);
    for (size_t i = 0; i < resolved->hit_count; i++) {
        fputs("  ", stderr);
        output_text(&output, resolved->hits[i].id);
        if (resolved->hits[i].count > 1)
            fprintf(stderr, "  (the best of %s)", number_text(number, resolved->hits[i].count));
        fputc('\n', stderr);
    }
    if (resolved->total > resolved->hit_count)
        fprintf(stderr, "  and %s more\n", number_text(number, resolved->total - resolved->hit_count));
}

bool lookup_meaning(struct lookup *lookup, const char *title, const char *id, struct resolved *resolved)
{
    struct action action = lookup_action(lookup);
    if (action_resolve(&action, str_from(id), resolved)) return true;
    resolved->id = str_from(id);
    if (resolved->hit_count > 0) lookup_print_candidates(title, id, resolved);
    return resolved->hit_count == 0;
}

struct str lookup_way(struct lookup *lookup, struct str first, struct str then)
{
    if (first.size == 0) return then;
    if (then.size == 0) return first;
    return arena_format(&lookup->arena, "%.*s.%.*s", STR_FORMAT(first), STR_FORMAT(then));
}

int lookup_element(struct lookup *lookup, const char *title, const char *id, struct str at, struct str *found)
{
    struct action action = lookup_action(lookup);
    struct action_fault fault = { 0 };
    struct resolved resolved;
    struct engine_details details;
    if (!lookup_meaning(lookup, title, id, &resolved)) return COMMAND_NONE;
    *found = resolved.id;
    struct element_details_request request = { .id = resolved.id,
                                               .view = { .at = lookup_way(lookup, resolved.at, at),
                                                         .without = ENGINE_WITHOUT_HTML | ENGINE_WITHOUT_PLACES |
                                                                    ENGINE_WITHOUT_EXAMPLES } };
    if (request.view.at.size == 0) return COMMAND_DONE;
    enum action_error error = action_element_details(&action, &request, &details, &fault);
    if (error == ACTION_OK && details.self.id.size == 0)
        error =
            action_fail(&fault, ACTION_NOT_FOUND, STR("What is there is no element by itself. Ask for what it is in."));
    if (error != ACTION_OK) return lookup_fail(title, error, &fault);
    *found = details.self.id;
    return COMMAND_DONE;
}

int lookup_fail(const char *title, enum action_error error, const struct action_fault *fault)
{
    struct output output = output_to(stderr);
    fprintf(stderr, "%s: ", title);
    output_text(&output, fault->message);
    for (size_t i = 0; i < fault->nearest_count; i++) {
        fputs(i == 0 ? "\nNearest: " : ", ", stderr);
        output_text(&output, fault->nearest[i]);
    }
    fputc('\n', stderr);
    return error == ACTION_NOT_FOUND ? COMMAND_NONE : COMMAND_ERROR;
}
