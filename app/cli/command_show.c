#include "commands.h"
#include "index_path.h"
#include "lookup.h"
#include "replies.h"
#include "show_text.h"

#include <getopt.h>
#include <stdio.h>

struct show_options {
    const char *index;
    bool is_json;
};

static bool show_read_options(const struct command *command, int count, char **arguments, struct show_options *options,
                              int *status)
{
    static const struct option names[] = {
        { "index", required_argument, NULL, 'i' },
        { "json", no_argument, NULL, 'j' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    for (int option; (option = getopt_long(count, arguments, "h", names, NULL)) != -1;) {
        switch (option) {
        case 'i': options->index = optarg; break;
        case 'j': options->is_json = true; break;
        default: *status = commands_other_option(command, option); return false;
        }
    }
    if (optind + 1 == count) return true;
    *status = commands_usage(command, "say the id of one element.");
    return false;
}

static int show_element(const struct command *command, struct lookup *lookup, const char *id, bool is_json)
{
    struct action action = lookup_action(lookup);
    struct action_fault fault = { 0 };
    struct engine_details details;
    enum action_error error = action_element_details(&action, str_from(id), &details, &fault);
    if (error != ACTION_OK) {
        lookup_print_fault(command->title, &fault);
        return error == ACTION_NOT_FOUND ? COMMAND_NONE : COMMAND_ERROR;
    }
    if (is_json) {
        struct str reply = reply_details(&lookup->arena, &details, NULL);
        return reply.at != NULL && puts(reply.at) != EOF ? COMMAND_DONE : COMMAND_ERROR;
    }
    struct output output = output_to(stdout);
    show_text_print(&output, &details);
    return COMMAND_DONE;
}

static int show_run(const struct command *command, int count, char **arguments)
{
    struct show_options options = { 0 };
    struct lookup lookup;
    int status;
    if (!show_read_options(command, count, arguments, &options, &status)) return status;
    if (!lookup_open(&lookup, command->title, options.index)) return COMMAND_ERROR;
    status = show_element(command, &lookup, arguments[optind], options.is_json);
    lookup_close(&lookup);
    return status;
}

const struct command command_show = {
    .name = "show",
    .title = "apiblaze show",
    .summary = "an element's description, model and examples",
    .help = "usage: apiblaze show [OPTION…] ID\n\n"
            "ID is what 'apiblaze search' prints:\n"
            "  kubernetes.io\n"
            "  kubernetes.io/object/Deployment\n"
            "  kubernetes.io/object/PodSpec#imagePullSecrets\n"
            "  kubernetes.io/property/imagePullSecrets\n"
            "  kubernetes.io/endpoint/get/api/v1/pods\n"
            "  kubernetes.io/parameter/query/limit\n\n"
            "      --json         the reply of app:api-element-details-action\n"
            "      --index FILE   the index file\n\n" INDEX_PATH_HELP
            "\nExit status: 0 shown, 1 there is no such element, 2 it could not be looked up.\n",
    .run = show_run,
};
