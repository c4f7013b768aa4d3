/* commands.h - the program's commands: apiblaze NAME …
 *
 * Exit status of all: 0 done, 1 partly or nothing found, 2 it could not be tried. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include <stdbool.h>

enum { COMMAND_DONE = 0, COMMAND_NONE = 1, COMMAND_ERROR = 2 };

struct command {
    const char *name;
    const char *title;   /* "apiblaze search": how messages begin */
    const char *summary; /* one line of apiblaze --help */
    const char *help;    /* what apiblaze NAME --help prints */
    int (*run)(const struct command *command, int count, char **arguments);
};
extern const struct command command_serve, command_import, command_add, command_remove, command_search, command_show,
    command_example, command_refs;

/* The whole program; returns the exit status. */
int commands_main(int count, char **arguments);

/* For an option that getopt_long returned: --help prints the help and returns COMMAND_DONE, all else is an option that
 * there is not: COMMAND_ERROR. */
int commands_other_option(const struct command *command, int option);
/* Prints "apiblaze search: <message>" and where help is; returns COMMAND_ERROR. */
int commands_usage(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
