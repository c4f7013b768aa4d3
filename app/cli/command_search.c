#include "batch.h"
#include "commands.h"
#include "index_path.h"
#include "limits.h"
#include "lookup.h"
#include "number.h"
#include "replies.h"
#include "search_table.h"

#include <getopt.h>
#include <stdio.h>

struct search_options {
    struct elements_search_request request;
    const char *index;
    bool is_json, is_batch;
};

static bool search_read_option(const struct command *command, int option, struct search_options *options, int *status)
{
    switch (option) {
    case 'a': options->request.api = str_from(optarg); return true;
    case 'e': options->request.descriptions = true; return true;
    case 'i': options->index = optarg; return true;
    case 'j': options->is_json = true; return true;
    case 'r': options->request.is_pattern = true; return true;
    case 'x': options->request.explain = true; return true;
    case 'o':
        if (number_read(optarg, 0, LIMIT_OFFSET, &options->request.offset)) return true;
        *status = commands_usage(command, "--offset is a number from 0 to %d, not '%s'.", LIMIT_OFFSET, optarg);
        return false;
    case 'b': options->is_batch = true; return true;
    case 'k':
        if (action_filter_read(str_from(optarg), &options->request.filter)) return true;
        *status = commands_usage(command, "--kind is object, property, endpoint, parameter or api, not '%s'.", optarg);
        return false;
    case 'n':
        if (number_read(optarg, 1, LIMIT_RESULTS, &options->request.limit)) return true;
        *status = commands_usage(command, "-n is a number from 1 to %d, not '%s'.", LIMIT_RESULTS, optarg);
        return false;
    default: *status = commands_other_option(command, option); return false;
    }
}

static bool search_read_options(const struct command *command, int count, char **arguments,
                                struct search_options *options, int *status)
{
    static const struct option names[] = {
        { "api", required_argument, NULL, 'a' },   { "kind", required_argument, NULL, 'k' },
        { "everything", no_argument, NULL, 'e' },  { "explain", no_argument, NULL, 'x' },
        { "json", no_argument, NULL, 'j' },        { "offset", required_argument, NULL, 'o' },
        { "re", no_argument, NULL, 'r' },          { "batch", no_argument, NULL, 'b' },
        { "index", required_argument, NULL, 'i' }, { "limit", required_argument, NULL, 'n' },
        { "help", no_argument, NULL, 'h' },        { NULL, 0, NULL, 0 },
    };
    for (int option; (option = getopt_long(count, arguments, "a:k:n:h", names, NULL)) != -1;)
        if (!search_read_option(command, option, options, status)) return false;
    bool has_words = optind < count;
    if (has_words != options->is_batch) return true;
    *status =
        commands_usage(command, has_words ? "--batch reads its queries from standard input, one JSON object a line."
                                          : "say what to search.");
    return false;
}

/* The words of the command line with a space between them. */
static struct str search_keyword(struct arena *arena, int count, char **words)
{
    struct str keyword = str_from(words[0]);
    for (int i = 1; i < count; i++) keyword = arena_format(arena, "%.*s %s", STR_FORMAT(keyword), words[i]);
    return keyword;
}

static bool search_print(const struct search_options *options, const struct engine_answer *answer, struct arena *arena)
{
    struct output output = output_to(stdout);
    if (options->is_json) {
        struct str reply = reply_elements(arena, &options->request, answer, NULL);
        return reply.at != NULL && puts(reply.at) != EOF;
    }
    if (output.is_terminal || options->request.explain) {
        search_table_print(&output, answer);
    } else {
        search_table_print_tabs(&output, answer);
    }
    return true;
}

static void search_suggest(struct str suggestion)
{
    struct output output = output_to(stderr);
    if (suggestion.size == 0) return;
    fputs("Did you mean ", stderr);
    output_text(&output, suggestion);
    fputs("?\n", stderr);
}

static int search_once(const struct command *command, struct lookup *lookup, struct search_options *options)
{
    struct action action = lookup_action(lookup);
    struct action_fault fault = { 0 };
    struct engine_answer answer;
    if (options->request.keyword.size > LIMIT_QUERY_BYTES) {
        fprintf(stderr, "%s: the query is longer than %d bytes.\n", command->title, LIMIT_QUERY_BYTES);
        return COMMAND_ERROR;
    }
    enum action_error error = action_elements_search(&action, &options->request, &answer, &fault);
    if (error != ACTION_OK) {
        lookup_fail(command->title, error, &fault);
        return COMMAND_ERROR;
    }
    if (!search_print(options, &answer, &lookup->arena)) return COMMAND_ERROR;
    if (!options->is_json) search_suggest(answer.suggestion);
    return answer.hit_count > 0 ? COMMAND_DONE : COMMAND_NONE;
}

static int search_run(const struct command *command, int count, char **arguments)
{
    struct search_options options = { .request.limit = 10 };
    struct lookup lookup;
    int status;
    if (!search_read_options(command, count, arguments, &options, &status)) return status;
    if (!lookup_open(&lookup, command->title, options.index)) return COMMAND_ERROR;
    if (options.is_batch) {
        struct action action = lookup_action(&lookup);
        status = batch_run(&action, stdin, stdout, options.request.limit);
    } else {
        options.request.keyword = search_keyword(&lookup.arena, count - optind, arguments + optind);
        status = search_once(command, &lookup, &options);
    }
    lookup_close(&lookup);
    return status;
}

const struct command command_search = {
    .name = "search",
    .title = "apiblaze search",
    .summary = "find elements by words",
    .help = "usage: apiblaze search [OPTION…] WORD…\n"
            "       apiblaze search --batch [OPTION…] < queries.jsonl\n\n"
            "Finds APIs, objects, properties, endpoints and parameters: by name, then by description.\n"
            "To a terminal it prints aligned columns, in colour unless NO_COLOR is set; to a pipe a line\n"
            "each, separated by tabs: kind, method, name, owner, type, api, id, summary. What nothing is\n"
            "found for is taken as mistyped, and what it is taken for is told on stderr.\n\n"
            "Beside words there may be, in quotes for the shell where it must:\n"
            "  {podspec     objects              =Always        what may have this value\n"
            "  .image       properties           '\"name\"'       what is called exactly so\n"
            "  /apis/apps   endpoints by path    '/^image.*s$/' names by a regular expression\n"
            "  ?limit       parameters           k8s:pod        inside one API, by its id, title or short name\n"
            "  get pods     endpoints            kind: method: in: type: required: deprecated: … filters\n\n"
            "  -a, --api ID       inside one API\n"
            "  -k, --kind KIND    object, property (and parameters), endpoint, parameter or api: by name only\n"
            "      --everything   with -k: by description, too\n"
            "  -n, --limit N      rows, 1 to 100 (default: 10)\n"
            "      --offset N     rows to skip, up to 10000\n"
            "      --re           the words are a regular expression for names\n"
            "      --explain      why each row is where it is: the criteria in their order, the deciding one with >\n"
            "      --json         the reply of app:api-elements-search-action\n"
            "      --batch        a JSON object a line in, {\"q\", \"api\"?, \"kind\"?}; a line each out:\n"
            "                     {\"hits\", \"total\", \"microseconds\"} or {\"error\"}. Descriptions always count\n"
            "      --index FILE   the index file\n\n" INDEX_PATH_HELP
            "\nExit status: 0 found, 1 nothing found, 2 it could not be searched.\n",
    .run = search_run,
};
