#include "commands.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct command *const commands[] = { &command_serve,  &command_import, &command_add,     &command_remove,
                                                  &command_search, &command_show,   &command_example, &command_refs };
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static int commands_help(void)
{
    puts("ApiBlaze " APIBLAZE_VERSION ": every API's objects, properties and endpoints, found as you type.\n\n"
         "usage: apiblaze COMMAND [OPTION…]\n");
    for (size_t i = 0; i < COMMANDS; i++) printf("  %-8s %s\n", commands[i]->name, commands[i]->summary);
    puts("\n  --help     this text; apiblaze COMMAND --help tells of a command\n"
         "  --version  the version");
    return COMMAND_DONE;
}

int commands_usage(const struct command *command, const char *format, ...)
{
    va_list words;
    va_start(words, format);
    fprintf(stderr, "%s: ", command->title);
    vfprintf(stderr, format, words);
    va_end(words);
    fprintf(stderr, "\nTry '%s --help'.\n", command->title);
    return COMMAND_ERROR;
}

int commands_other_option(const struct command *command, int option)
{
    if (option == 'h') {
        fputs(command->help, stdout);
        return COMMAND_DONE;
    }
    fprintf(stderr, "Try '%s --help'.\n", command->title); /* getopt_long has said what is wrong */
    return COMMAND_ERROR;
}

static int commands_run(const struct command *command, int count, char **arguments)
{
    char title[32];
    /* getopt_long begins its messages with argv[0]. */
    snprintf(title, sizeof title, "%s", command->title);
    arguments[0] = title;
    return command->run(command, count, arguments);
}

int commands_main(int count, char **arguments)
{
    const char *name = count > 1 ? arguments[1] : "--help";
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0) return commands_run(commands[i], count - 1, arguments + 1);
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
        return puts("apiblaze " APIBLAZE_VERSION), COMMAND_DONE;
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        commands_help();
        return count > 1 ? COMMAND_DONE : COMMAND_ERROR;
    }
    fprintf(stderr, "apiblaze: there is no command '%s'. Try 'apiblaze --help'.\n", name);
    return COMMAND_ERROR;
}
