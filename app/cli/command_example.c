#include "commands.h"
#include "example_batch.h"
#include "index_path.h"
#include "lookup.h"
#include "output.h"
#include "replies.h"

#include <getopt.h>
#include <stdio.h>

enum { EXAMPLE_ROOTS = 5 }; /* that are told beside the one shown */

/* The languages of payloads; all others are of code. */
static const struct str example_formats[] = { STR_INIT("json"), STR_INIT("yaml"), STR_INIT("form"),
                                              STR_INIT("multipart"), STR_INIT("xml") };
enum { EXAMPLE_FORMATS = sizeof example_formats / sizeof *example_formats };

struct example_options {
    const char *index;
    struct str language, server; /* of code; `language` is empty where a payload is asked for */
    struct engine_payload_wish wish;
    bool is_payload; /* asked for something that only a payload has */
    bool is_json, is_batch;
};

/* ---- What is printed --------------------------------------------------------------------------------------------- */

/* To a pipe or a file as it is, for programs to read. */
static int example_print(const struct engine_example *example)
{
    struct output output = output_to(stdout);
    struct str code = example->code;
    if (output.is_terminal) {
        output_marked(&output, code, example->focus.start, example->focus.end, 0);
    } else {
        fwrite(code.at, 1, code.size, stdout);
        putchar('\n');
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? COMMAND_DONE : COMMAND_ERROR;
}

static int example_print_reply(struct str reply)
{
    return reply.at != NULL && puts(reply.at) != EOF ? COMMAND_DONE : COMMAND_ERROR;
}

static void example_print_option(const struct output *output, const char *option, struct str value)
{
    if (value.size == 0) return;
    fputs(option, output->file);
    output_text(output, value);
}

/* On stderr, so that what is printed can be piped as it is. */
static void example_print_notes(const struct command *command, const struct engine_payload *payload)
{
    struct output output = output_to(stderr);
    for (size_t i = 0; i < payload->fault_count; i++) {
        fprintf(stderr, "%s: ", command->title);
        output_text(&output, payload->faults[i]);
        fputc('\n', stderr);
    }
    for (size_t i = 1; i < payload->root_count && i <= EXAMPLE_ROOTS; i++) {
        fputs(i == 1 ? "Also in:\n" : "", stderr);
        output_cell(&output, STR_EMPTY, 2);
        output_text(&output, payload->roots[i].id);
        example_print_option(&output, " --status ", payload->roots[i].status);
        example_print_option(&output, " --at ", payload->roots[i].at);
        fputc('\n', stderr);
    }
}

/* ---- Payload or code --------------------------------------------------------------------------------------------- */

static int example_payload(const struct command *command, struct lookup *lookup, const struct example_options *options)
{
    struct action action = lookup_action(lookup);
    struct action_fault fault = { 0 };
    struct engine_payload payload;
    enum action_error error = action_element_example(&action, &options->wish, &payload, &fault);
    if (error != ACTION_OK) return lookup_fail(command->title, error, &fault);
    if (options->is_json) return example_print_reply(reply_example(action.arena, &payload, NULL));
    int status = example_print(&payload.example);
    example_print_notes(command, &payload);
    return status;
}

static int example_code(const struct command *command, struct lookup *lookup, const struct example_options *options)
{
    struct action action = lookup_action(lookup);
    struct action_fault fault = { 0 };
    struct element_code_reply reply;
    const struct engine_payload_wish *asked = &options->wish;
    const struct engine_code_wish wish = {
        .id = asked->id, .language = options->language, .server = options->server, .tier = asked->tier, .at = asked->at
    };
    enum action_error error = action_element_code(&action, &wish, &reply, &fault);
    if (error != ACTION_OK) return lookup_fail(command->title, error, &fault);
    if (options->is_json) return example_print_reply(reply_code(action.arena, &wish, &reply, NULL));
    return example_print(&reply.example);
}

/* Where nothing says which, an endpoint or a parameter is shown in a request, all else as a payload. */
static bool example_is_code(struct lookup *lookup, const struct example_options *options)
{
    struct action action = lookup_action(lookup);
    const struct element_details_request names = { .id = options->wish.id,
                                                   .view = { .without = ENGINE_WITHOUT_MODEL } };
    struct engine_details details;
    struct action_fault fault = { 0 };
    if (options->is_payload) return false;
    if (options->language.size > 0 || options->server.size > 0) return true;
    if (action_element_details(&action, &names, &details, &fault) != ACTION_OK) return false;
    return details.kind == ENGINE_ENDPOINT || details.kind == ENGINE_PARAMETER;
}

/* ---- What is asked ----------------------------------------------------------------------------------------------- */

static void example_read_language(struct str name, struct example_options *options)
{
    for (size_t i = 0; i < EXAMPLE_FORMATS; i++) {
        if (!str_equal_nocase(example_formats[i], name)) continue;
        options->wish.format = name;
        options->is_payload = true;
        return;
    }
    options->language = name;
}

static bool example_read_option(const struct command *command, int option, struct example_options *options, int *status)
{
    switch (option) {
    case 'a': options->wish.at = str_from(optarg); return true;
    case 'b': options->is_batch = true; return true;
    case 'i': options->index = optarg; return true;
    case 'j': options->is_json = true; return true;
    case 'l': example_read_language(str_from(optarg), options); return true;
    case 'm':
        options->wish.media_type = str_from(optarg);
        options->is_payload = true;
        return true;
    case 'r': options->server = str_from(optarg); return true;
    case 's':
        options->wish.status = str_from(optarg);
        options->is_payload = true;
        return true;
    case 't':
        if (engine_tier_read(str_from(optarg), &options->wish.tier)) return true;
        *status = commands_usage(command, "--tier is minimal, useful or full, not '%s'.", optarg);
        return false;
    default: *status = commands_other_option(command, option); return false;
    }
}

static bool example_read_options(const struct command *command, int count, char **arguments,
                                 struct example_options *options, int *status)
{
    static const struct option names[] = {
        { "at", required_argument, NULL, 'a' },
        { "batch", no_argument, NULL, 'b' },
        { "index", required_argument, NULL, 'i' },
        { "json", no_argument, NULL, 'j' },
        { "lang", required_argument, NULL, 'l' },
        { "media-type", required_argument, NULL, 'm' },
        { "server", required_argument, NULL, 'r' },
        { "status", required_argument, NULL, 's' },
        { "tier", required_argument, NULL, 't' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    for (int option; (option = getopt_long(count, arguments, "hl:t:", names, NULL)) != -1;)
        if (!example_read_option(command, option, options, status)) return false;
    if (options->is_payload && (options->language.size > 0 || options->server.size > 0)) {
        *status = commands_usage(command, "code has no --status and no --media-type, and a payload no --server.");
        return false;
    }
    if (optind + !options->is_batch == count) return true;
    *status =
        commands_usage(command, options->is_batch ? "--batch reads its ids from standard input, one JSON object a line."
                                                  : "say the id of one element.");
    return false;
}

/* The id as it was given, or what it is short for, whose way into the model goes before --at. */
static int example_run_one(const struct command *command, struct lookup *lookup, const char *id,
                           struct example_options *options)
{
    struct resolved resolved;
    struct str at = options->wish.at;
    if (!lookup_meaning(lookup, command->title, id, &resolved)) return COMMAND_NONE;
    options->wish.id = resolved.id;
    if (resolved.at.size > 0) options->wish.at = resolved.at;
    if (resolved.at.size > 0 && at.size > 0)
        options->wish.at = arena_format(&lookup->arena, "%.*s.%.*s", STR_FORMAT(resolved.at), STR_FORMAT(at));
    return example_is_code(lookup, options) ? example_code(command, lookup, options)
                                            : example_payload(command, lookup, options);
}

static int example_run(const struct command *command, int count, char **arguments)
{
    struct example_options options = { .language = STR_EMPTY, .server = STR_EMPTY };
    struct lookup lookup;
    int status;
    if (!example_read_options(command, count, arguments, &options, &status)) return status;
    if (!lookup_open(&lookup, command->title, options.index)) return COMMAND_ERROR;
    if (options.is_batch) {
        struct action action = lookup_action(&lookup);
        status = example_batch_run(&action, &options.wish, stdin, stdout);
    } else {
        status = example_run_one(command, &lookup, arguments[optind], &options);
    }
    lookup_close(&lookup);
    return status;
}

const struct command command_example = {
    .name = "example",
    .title = "apiblaze example",
    .summary = "a request as code that runs, or a payload",
    .help =
        "usage: apiblaze example [OPTION…] ID\n"
        "       apiblaze example --batch < questions.jsonl\n\n"
        "Prints the request of an endpoint as code, or a payload: of an object, of an endpoint's request or response,\n"
        "of a parameter. Of a property it is the nearest object that is sent as a whole, with the property's lines\n"
        "marked; where else it is, is told on stderr, as is what could not be made.\n\n"
        "ID is what 'apiblaze search' prints, or short for it where nothing else is meant:\n"
        "  kubernetes.io/endpoint/get/api/v1/pods, 'k8s:GET /api/v1/pods', k8s:Deployment.spec.template\n\n"
        "  -l, --lang NAME        code: curl (of an endpoint or a parameter this is the default), httpie, powershell,\n"
        "                         javascript, node, python, go, java, csharp, php, ruby, rust, swift, kotlin, c, "
        "http;\n"
        "                         a payload: json, yaml, form, multipart, xml (of all else the default is YAML for\n"
        "                         what can be applied to Kubernetes, and JSON)\n"
        "  -t, --tier TIER        minimal: what is required, useful (default): and what is common, full: all\n"
        "      --at PATH          of a payload or a request's body: only the way to this property, as\n"
        "                         spec.template.spec, and what is required beside it\n"
        "      --server URL       code: sends it there instead of to the server that the specification names\n"
        "      --status STATUS    of an endpoint: the payload of the response, as 200 or default\n"
        "      --media-type TYPE  of an endpoint: the payload in this media type\n"
        "      --json             the reply of app:api-element-code-action or app:api-element-example-action\n"
        "      --batch            payloads: a JSON object a line in, {\"id\", \"format\"?, \"tier\"?, \"at\"?, "
        "\"status\"?,\n"
        "                         \"mediaType\"?}, else as the options say; such a reply a line out, or {\"error\"}\n"
        "      --index FILE       the index file\n\n" INDEX_PATH_HELP
        "\nExit status: 0 printed, 1 there is no such element, or several, 2 it has no such example.\n",
    .run = example_run,
};
