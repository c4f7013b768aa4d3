#include "commands.h"
#include "index_path.h"
#include "limits.h"
#include "lookup.h"
#include "number.h"
#include "prose.h"
#include "replies.h"
#include "show_text.h"

#include <getopt.h>
#include <stdio.h>

enum show_form { SHOW_TEXT, SHOW_JSON, SHOW_MARKDOWN };

struct show_options {
    const char *index;
    enum show_form form;
    struct engine_view view;
    bool is_source;
};

static const struct option show_names[] = {
    { "index", required_argument, NULL, 'i' }, { "json", no_argument, NULL, 'j' },
    { "markdown", no_argument, NULL, 'm' },    { "depth", required_argument, NULL, 'd' },
    { "at", required_argument, NULL, 'a' },    { "offset", required_argument, NULL, 'o' },
    { "required", no_argument, NULL, 'r' },    { "source", no_argument, NULL, 's' },
    { "help", no_argument, NULL, 'h' },        { NULL, 0, NULL, 0 },
};

/* False when the number is none. */
static bool show_read_number(const struct command *command, const char *option, uint32_t most, uint32_t *number,
                             int *status)
{
    if (number_read(optarg, 0, most, number)) return true;
    *status = commands_usage(command, "%s is a number from 0 to %u, not '%s'.", option, most, optarg);
    return false;
}

static bool show_read_options(const struct command *command, int count, char **arguments, struct show_options *options,
                              int *status)
{
    for (int option; (option = getopt_long(count, arguments, "h", show_names, NULL)) != -1;) {
        switch (option) {
        case 'i': options->index = optarg; break;
        case 'j': options->form = SHOW_JSON; break;
        case 'm': options->form = SHOW_MARKDOWN; break;
        case 'a': options->view.at = str_from(optarg); break;
        case 'r': options->view.required_only = true; break;
        case 'd':
            if (!show_read_number(command, "--depth", LIMIT_DETAILS_DEPTH, &options->view.depth, status)) return false;
            break;
        case 's': options->is_source = true; break;
        case 'o':
            if (!show_read_number(command, "--offset", INT32_MAX, &options->view.offset, status)) return false;
            break;
        default: *status = commands_other_option(command, option); return false;
        }
    }
    if (optind + 1 == count) return true;
    *status = commands_usage(command, "say the id of one element.");
    return false;
}

/* ---- What is meant ----------------------------------------------------------------------------------------------- */

/* The id as it was given, or what it is short for. */
static int show_find(const struct command *command, struct lookup *lookup, const char *id,
                     struct element_details_request *request, struct engine_details *details)
{
    struct action action = lookup_action(lookup);
    struct action_fault fault = { 0 };
    struct resolved resolved;
    if (!lookup_meaning(lookup, command->title, id, &resolved)) return COMMAND_NONE;
    request->id = resolved.id;
    request->view.at = lookup_way(lookup, resolved.at, request->view.at);
    enum action_error error = action_element_details(&action, request, details, &fault);
    return error == ACTION_OK ? COMMAND_DONE : lookup_fail(command->title, error, &fault);
}

/* ---- Printing ---------------------------------------------------------------------------------------------------- */

static int show_print(struct lookup *lookup, const struct engine_details *details, enum show_form form)
{
    struct output output = output_to(stdout);
    if (form == SHOW_TEXT) {
        const struct show show = { &output, &lookup->arena };
        show_text_print(&show, details);
        return lookup->arena.failed ? COMMAND_ERROR : COMMAND_DONE;
    }
    struct str text =
        form == SHOW_JSON ? reply_details(&lookup->arena, details, NULL) : prose_details(&lookup->arena, details);
    bool is_done = text.at != NULL && fwrite(text.at, 1, text.size, stdout) == text.size;
    if (form == SHOW_JSON && is_done) fputc('\n', stdout);
    return is_done ? COMMAND_DONE : COMMAND_ERROR;
}

static int show_element(const struct command *command, struct lookup *lookup, const char *id,
                        const struct show_options *options)
{
    struct engine_details details;
    struct element_details_request request = { .view = options->view };
    if (options->form != SHOW_JSON) request.view.without |= ENGINE_WITHOUT_HTML;
    int status = show_find(command, lookup, id, &request, &details);
    return status == COMMAND_DONE ? show_print(lookup, &details, options->form) : status;
}

/* ---- What the specification says --------------------------------------------------------------------------------- */

static int show_source_part(const struct command *command, const struct action *action,
                            struct engine_source_query *query)
{
    struct action_fault fault = { 0 };
    struct engine_source source;
    enum action_error error = action_element_source(action, query, &source, &fault);
    if (error != ACTION_OK) return lookup_fail(command->title, error, &fault);
    query->from += source.text.size;
    bool is_written = source.text.size > 0 && fwrite(source.text.at, 1, source.text.size, stdout) == source.text.size;
    return is_written ? COMMAND_DONE : COMMAND_ERROR;
}

/* As it was written, however long it is. */
static int show_source_text(const struct command *command, struct action action, struct engine_source_query query,
                            uint64_t end)
{
    struct arena parts;
    int status = COMMAND_DONE;
    arena_init(&parts, action.arena->limit);
    action.arena = &parts;
    while (status == COMMAND_DONE && query.from < end) {
        if (end - query.from < query.limit) query.limit = (uint32_t)(end - query.from);
        status = show_source_part(command, &action, &query);
        arena_reset(&parts);
    }
    arena_free(&parts);
    return status == COMMAND_DONE && putchar('\n') == EOF ? COMMAND_ERROR : status;
}

static int show_source(const struct command *command, struct lookup *lookup, const char *id,
                       const struct show_options *options)
{
    struct action action = lookup_action(lookup);
    struct action_fault fault = { 0 };
    struct engine_source source;
    struct engine_source_query query = { .from = ENGINE_SOURCE_START, .limit = LIMIT_SOURCE_BYTES };
    int status = lookup_element(lookup, command->title, id, options->view.at, &query.id);
    if (status != COMMAND_DONE) return status;
    enum action_error error = action_element_source(&action, &query, &source, &fault);
    if (error != ACTION_OK) return lookup_fail(command->title, error, &fault);
    query.from = source.start;
    if (options->form != SHOW_JSON) return show_source_text(command, action, query, source.start + source.size);
    struct str reply = reply_source(&lookup->arena, &source, NULL);
    return reply.at != NULL && puts(reply.at) != EOF ? COMMAND_DONE : COMMAND_ERROR;
}

static int show_run(const struct command *command, int count, char **arguments)
{
    struct show_options options = { .view = { .at = STR_EMPTY } };
    struct lookup lookup;
    int status;
    if (!show_read_options(command, count, arguments, &options, &status)) return status;
    if (!lookup_open(&lookup, command->title, options.index)) return COMMAND_ERROR;
    status = options.is_source ? show_source(command, &lookup, arguments[optind], &options)
                               : show_element(command, &lookup, arguments[optind], &options);
    lookup_close(&lookup);
    return status;
}

const struct command command_show = {
    .name = "show",
    .title = "apiblaze show",
    .summary = "an element's description, model and examples",
    .help = "usage: apiblaze show [OPTION…] ID\n\n"
            "ID is what 'apiblaze search' prints, or short for it where nothing else is meant:\n"
            "  kubernetes.io\n"
            "  kubernetes.io/object/Deployment, k8s:Deployment, Deployment.spec.template\n"
            "  kubernetes.io/object/PodSpec#imagePullSecrets\n"
            "  kubernetes.io/property/imagePullSecrets\n"
            "  kubernetes.io/endpoint/get/api/v1/pods, 'k8s:GET /api/v1/pods'\n"
            "  kubernetes.io/parameter/query/limit\n\n"
            "      --at PATH      only what is there in the model: spec.template.spec; of an endpoint it\n"
            "                     begins with 'request' or a status: 200.items\n"
            "      --depth N      so many levels, what references lead to counts (default: what is\n"
            "                     written in place)\n"
            "      --required     only fields that are required\n"
            "      --offset N     skips so many fields, where there are more than fit\n"
            "      --source       what the specification itself says, as it was written\n"
            "      --json         the reply of app:api-element-details-action, or app:api-element-source-action\n"
            "      --markdown     as Markdown\n"
            "      --index FILE   the index file\n\n" INDEX_PATH_HELP
            "\nExit status: 0 shown, 1 there is no such element, or several, 2 it could not be looked up.\n",
    .run = show_run,
};
