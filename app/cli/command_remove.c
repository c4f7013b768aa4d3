#include "commands.h"
#include "engine.h"
#include "index_path.h"

#include <getopt.h>
#include <stdio.h>

static int remove_apis(const struct command *command, const char *path, const char *const *ids, size_t count)
{
    struct engine_fault fault = { 0 };
    int error = engine_remove(path, ids, count, &fault);
    if (error == ENGINE_OK) return COMMAND_DONE;
    fprintf(stderr, "%s: %s\n", command->title, fault.text[0] != 0 ? fault.text : engine_strerror(error));
    return error == ENGINE_ENOTFOUND ? COMMAND_NONE : COMMAND_ERROR;
}

static int remove_run(const struct command *command, int count, char **arguments)
{
    static const struct option names[] = {
        { "index", required_argument, NULL, 'i' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    const char *index = NULL;
    char path[INDEX_PATH_BYTES];
    for (int option; (option = getopt_long(count, arguments, "h", names, NULL)) != -1;) {
        if (option != 'i') return commands_other_option(command, option);
        index = optarg;
    }
    if (optind == count) return commands_usage(command, "say which APIs to remove.");
    if (!index_path_to_read(index, path, sizeof path)) return commands_usage(command, "the index's path is too long.");
    return remove_apis(command, path, (const char *const *)arguments + optind, (size_t)(count - optind));
}

const struct command command_remove = {
    .name = "remove",
    .title = "apiblaze remove",
    .summary = "remove APIs from the index",
    .help = "usage: apiblaze remove [OPTION…] API…\n\n"
            "Removes APIs, by their names (\"stripe.com\"), from the index: all of them, or none when\n"
            "one is not there. A server that has the index open finds them no more.\n\n"
            "      --index FILE    the index\n\n" INDEX_PATH_HELP
            "\nExit status: 0 removed, 1 one is not there, 2 the index could not be read or written.\n",
    .run = remove_run,
};
