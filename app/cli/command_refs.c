#include "commands.h"
#include "index_path.h"
#include "limits.h"
#include "lookup.h"
#include "number.h"
#include "refs_text.h"
#include "replies.h"

#include <getopt.h>
#include <stdio.h>

struct refs_options {
    struct engine_refs_query query;
    const char *index;
    bool is_json;
};

/* "root,reach". */
static bool refs_read_uses(struct str names, unsigned *uses)
{
    for (struct str name; str_split(&names, ',', &name);) {
        enum engine_use use;
        if (!engine_use_read(name, &use)) return false;
        *uses |= 1U << use;
    }
    return true;
}

static bool refs_read_option(const struct command *command, int option, struct refs_options *options, int *status)
{
    switch (option) {
    case 'i': options->index = optarg; return true;
    case 'j': options->is_json = true; return true;
    case 'o':
        if (number_read(optarg, 0, LIMIT_OFFSET, &options->query.offset)) return true;
        *status = commands_usage(command, "--offset is a number from 0 to %d, not '%s'.", LIMIT_OFFSET, optarg);
        return false;
    case 'n':
        if (number_read(optarg, 1, LIMIT_RESULTS, &options->query.limit)) return true;
        *status = commands_usage(command, "-n is a number from 1 to %d, not '%s'.", LIMIT_RESULTS, optarg);
        return false;
    case 'u':
        if (refs_read_uses(str_from(optarg), &options->query.uses)) return true;
        *status = commands_usage(command,
                                 "--use takes some of property, object, endpoint, root, reach and name, "
                                 "with commas between, not '%s'.",
                                 optarg);
        return false;
    default: *status = commands_other_option(command, option); return false;
    }
}

static bool refs_read_options(const struct command *command, int count, char **arguments, struct refs_options *options,
                              int *status)
{
    static const struct option names[] = {
        { "index", required_argument, NULL, 'i' },
        { "json", no_argument, NULL, 'j' },
        { "limit", required_argument, NULL, 'n' },
        { "offset", required_argument, NULL, 'o' },
        { "use", required_argument, NULL, 'u' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    for (int option; (option = getopt_long(count, arguments, "n:u:h", names, NULL)) != -1;)
        if (!refs_read_option(command, option, options, status)) return false;
    if (optind + 1 == count) return true;
    *status = commands_usage(command, "say the id of one element.");
    return false;
}

static bool refs_print(const struct engine_refs *refs, bool is_json, struct arena *arena)
{
    struct output output = output_to(stdout);
    if (is_json) {
        struct str reply = reply_refs(arena, refs, NULL);
        return reply.at != NULL && puts(reply.at) != EOF;
    }
    if (output.is_terminal)
        refs_text_print(&output, refs);
    else
        refs_text_print_tabs(&output, refs);
    return true;
}

static int refs_ask(const struct command *command, struct lookup *lookup, const struct refs_options *options)
{
    struct action action = lookup_action(lookup);
    struct action_fault fault = { 0 };
    struct engine_refs refs;
    enum action_error error = action_element_refs(&action, &options->query, &refs, &fault);
    if (error != ACTION_OK) return lookup_fail(command->title, error, &fault);
    return refs_print(&refs, options->is_json, &lookup->arena) ? COMMAND_DONE : COMMAND_ERROR;
}

static int refs_run(const struct command *command, int count, char **arguments)
{
    struct refs_options options = { .query.limit = 0 };
    struct lookup lookup;
    int status;
    if (!refs_read_options(command, count, arguments, &options, &status)) return status;
    if (!lookup_open(&lookup, command->title, options.index)) return COMMAND_ERROR;
    status = lookup_element(&lookup, command->title, arguments[optind], STR_EMPTY, &options.query.id);
    if (status == COMMAND_DONE) status = refs_ask(command, &lookup, &options);
    lookup_close(&lookup);
    return status;
}

const struct command command_refs = {
    .name = "refs",
    .title = "apiblaze refs",
    .summary = "where an element is used, and which ways lead to it",
    .help = "usage: apiblaze refs [OPTION…] ID\n\n"
            "ID is what 'apiblaze search' prints, or short for it where nothing else is meant: k8s:PodSpec,\n"
            "Deployment.spec.template.spec. Of an object it tells the properties, objects and endpoints that refer\n"
            "to it; of an object or a property the ways that lead to it, the shortest first, from objects that are\n"
            "used by no other and from endpoints; of a property or a parameter all of its name.\n"
            "To a pipe it prints a line each, separated by tabs: use, roles, path, kind, name, owner, type, id,\n"
            "summary.\n\n"
            "  -n, --limit N      rows, 1 to 100 (default: 20)\n"
            "      --offset N     rows to skip, up to 10000\n"
            "  -u, --use NAMES    some of property, object, endpoint, root, reach, name, with commas between\n"
            "      --json         the reply of app:api-element-refs-action\n"
            "      --index FILE   the index file\n\n" INDEX_PATH_HELP
            "\nExit status: 0 told, 1 there is no such element, or several, 2 it could not be looked up.\n",
    .run = refs_run,
};
