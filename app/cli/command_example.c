#include "commands.h"
#include "index_path.h"
#include "lookup.h"

#include <getopt.h>
#include <stdio.h>

struct example_options {
    const char *index, *language, *server;
};

static bool example_read_options(const struct command *command, int count, char **arguments,
                                 struct example_options *options, int *status)
{
    static const struct option names[] = {
        { "index", required_argument, NULL, 'i' },
        { "lang", required_argument, NULL, 'l' },
        { "server", required_argument, NULL, 's' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    for (int option; (option = getopt_long(count, arguments, "hl:", names, NULL)) != -1;) {
        switch (option) {
        case 'i': options->index = optarg; break;
        case 'l': options->language = optarg; break;
        case 's': options->server = optarg; break;
        default: *status = commands_other_option(command, option); return false;
        }
    }
    if (optind + 1 == count) return true;
    *status = commands_usage(command, "say the id of one endpoint or parameter.");
    return false;
}

/* The id as it was given, or what it is short for; a way into a model is none to an endpoint. */
static int example_make(const struct command *command, struct lookup *lookup, const char *id,
                        const struct example_options *options, struct element_code_reply *reply)
{
    struct action action = lookup_action(lookup);
    struct action_fault fault = { 0 };
    struct resolved resolved;
    if (!lookup_meaning(lookup, command->title, id, &resolved)) return COMMAND_NONE;
    const struct engine_code_wish wish = { .id = resolved.at.size > 0 ? str_from(id) : resolved.id,
                                           .language = str_from(options->language),
                                           .server = str_from(options->server) };
    enum action_error error = action_element_code(&action, &wish, reply, &fault);
    return error == ACTION_OK ? COMMAND_DONE : lookup_fail(command->title, error, &fault);
}

/* To a terminal or to a file as it is: control characters are escaped in every language. */
static int example_print(struct str code)
{
    bool is_written = fwrite(code.at, 1, code.size, stdout) == code.size && putchar('\n') != EOF;
    return is_written && fflush(stdout) == 0 ? COMMAND_DONE : COMMAND_ERROR;
}

static int example_run(const struct command *command, int count, char **arguments)
{
    struct example_options options = { 0 };
    struct lookup lookup;
    struct element_code_reply reply;
    int status;
    if (!example_read_options(command, count, arguments, &options, &status)) return status;
    if (!lookup_open(&lookup, command->title, options.index)) return COMMAND_ERROR;
    status = example_make(command, &lookup, arguments[optind], &options, &reply);
    if (status == COMMAND_DONE) status = example_print(reply.example.code);
    lookup_close(&lookup);
    return status;
}

const struct command command_example = {
    .name = "example",
    .title = "apiblaze example",
    .summary = "an endpoint's request as code that runs",
    .help = "usage: apiblaze example [OPTION…] ID\n\n"
            "ID is what 'apiblaze search' prints for an endpoint or a parameter, or short for it where\n"
            "nothing else is meant:\n"
            "  kubernetes.io/endpoint/get/api/v1/pods, 'k8s:GET /api/v1/pods'\n"
            "  kubernetes.io/parameter/query/limit\n\n"
            "  -l, --lang NAME    curl (this is the default), httpie, powershell, javascript, node, python, go, java,\n"
            "                     csharp, php, ruby, rust, swift, kotlin, c, http\n"
            "      --server URL   send it there instead of to the server that the specification names\n"
            "      --index FILE   the index file\n\n" INDEX_PATH_HELP
            "\nExit status: 0 shown, 1 there is no such element, or several, 2 it could not be shown.\n",
    .run = example_run,
};
