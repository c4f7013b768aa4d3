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
};

static const struct option show_names[] = {
    { "index", required_argument, NULL, 'i' },
    { "json", no_argument, NULL, 'j' },
    { "markdown", no_argument, NULL, 'm' },
    { "depth", required_argument, NULL, 'd' },
    { "at", required_argument, NULL, 'a' },
    { "offset", required_argument, NULL, 'o' },
    { "required", no_argument, NULL, 'r' },
    { "help", no_argument, NULL, 'h' },
    { NULL, 0, NULL, 0 },
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
    if (resolved.at.size > 0 && request->view.at.size > 0)
        resolved.at = arena_format(&lookup->arena, "%.*s.%.*s", STR_FORMAT(resolved.at), STR_FORMAT(request->view.at));
    if (resolved.at.size > 0) request->view.at = resolved.at;
    enum action_error error = action_element_details(&action, request, details, &fault);
    if (error == ACTION_OK) return COMMAND_DONE;
    lookup_print_fault(command->title, &fault);
    return error == ACTION_NOT_FOUND ? COMMAND_NONE : COMMAND_ERROR;
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

static int show_run(const struct command *command, int count, char **arguments)
{
    struct show_options options = { .view = { .at = STR_EMPTY } };
    struct lookup lookup;
    struct engine_details details;
    int status;
    if (!show_read_options(command, count, arguments, &options, &status)) return status;
    if (!lookup_open(&lookup, command->title, options.index)) return COMMAND_ERROR;
    struct element_details_request request = { .view = options.view };
    if (options.form != SHOW_JSON) request.view.without |= ENGINE_WITHOUT_HTML;
    status = show_find(command, &lookup, arguments[optind], &request, &details);
    if (status == COMMAND_DONE) status = show_print(&lookup, &details, options.form);
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
            "      --json         the reply of app:api-element-details-action\n"
            "      --markdown     as Markdown\n"
            "      --index FILE   the index file\n\n" INDEX_PATH_HELP
            "\nExit status: 0 shown, 1 there is no such element, or several, 2 it could not be looked up.\n",
    .run = show_run,
};
