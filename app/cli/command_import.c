#include "commands.h"
#include "index_path.h"
#include "number.h"
#include "progress.h"

#include <getopt.h>
#include <stdio.h>

enum { IMPORT_THREADS_MAX = 256 };

struct import_options {
    const char *output;
    uint32_t threads;
    bool is_quiet, is_fresh;
    bool keeps; /* apiblaze add */
};

/* Returns true to go on; else *status is the exit status. */
static bool import_read_options(const struct command *command, int count, char **arguments,
                                struct import_options *options, int *status)
{
    static const struct option names[] = {
        { "output", required_argument, NULL, 'o' }, { "threads", required_argument, NULL, 't' },
        { "quiet", no_argument, NULL, 'q' },        { "fresh", no_argument, NULL, 'f' },
        { "help", no_argument, NULL, 'h' },         { NULL, 0, NULL, 0 },
    };
    for (int option; (option = getopt_long(count, arguments, "o:t:qfh", names, NULL)) != -1;) {
        switch (option) {
        case 'o': options->output = optarg; break;
        case 'q': options->is_quiet = true; break;
        case 'f': options->is_fresh = true; break;
        case 't':
            if (number_read(optarg, 1, IMPORT_THREADS_MAX, &options->threads)) break;
            *status =
                commands_usage(command, "--threads is a number from 1 to %d, not '%s'.", IMPORT_THREADS_MAX, optarg);
            return false;
        default: *status = commands_other_option(command, option); return false;
        }
    }
    if (optind < count) return true;
    *status = commands_usage(command, "say which files or folders to import.");
    return false;
}

static void import_print_files(const struct engine_report *report)
{
    char text[NUMBER_TEXT];
    printf("%s imported, ", number_text(text, report->imported));
    if (report->unchanged > 0) printf("%s unchanged, ", number_text(text, report->unchanged));
    if (report->removed > 0) printf("%s removed, ", number_text(text, report->removed));
    printf("%s failed\n", number_text(text, report->failed));
}

static void import_print_report(const struct engine_report *report, const char *path)
{
    char text[NUMBER_TEXT];
    static const struct {
        enum engine_kind kind;
        const char *name;
    } rows[] = {
        { ENGINE_API, "APIs" },
        { ENGINE_ENDPOINT, "endpoints" },
        { ENGINE_OBJECT, "objects" },
        { ENGINE_PROPERTY, "properties" },
        { ENGINE_PARAMETER, "parameters" },
    };
    double seconds = (double)report->microseconds / 1e6;
    import_print_files(report);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        printf("%12s %s\n", number_text(text, report->elements[rows[i].kind]), rows[i].name);
    if (report->path_parameters > 0)
        printf("%12s of the parameters are declared for a whole path\n", number_text(text, report->path_parameters));
    printf("%s read ", number_bytes(text, report->bytes));
    printf("in %.2f s (%.0f MB/s, ", seconds, seconds > 0 ? (double)report->bytes / 1e6 / seconds : 0);
    printf("at most %s of memory), ", number_bytes(text, report->peak_bytes));
    printf("%s written to %s\n", number_bytes(text, report->index_bytes), path);
}

static int import_all(const struct command *command, const struct import_options *options, const char *path,
                      const char *const *sources, size_t source_count)
{
    struct progress progress;
    struct engine_report report = { 0 };
    struct engine_fault fault = { 0 };
    struct engine_import import = {
        .paths = sources,
        .path_count = source_count,
        .output = path,
        .keeps = options->keeps,
        .is_fresh = options->is_fresh,
        .threads = options->threads,
        .on_progress = progress_show,
        .on_fault = progress_fault,
        .context = &progress,
    };
    progress_start(&progress, stderr, options->is_quiet);
    int error = engine_import(&import, &report, &fault);
    progress_end(&progress);
    if (error != ENGINE_OK) {
        fprintf(stderr, "%s: %s\n", command->title, fault.text[0] != 0 ? fault.text : engine_strerror(error));
        return COMMAND_ERROR;
    }
    if (!options->is_quiet) import_print_report(&report, path);
    return report.failed > 0 ? COMMAND_NONE : COMMAND_DONE;
}

static int import_with(const struct command *command, int count, char **arguments, struct import_options *options)
{
    char path[INDEX_PATH_BYTES];
    int status;
    if (!import_read_options(command, count, arguments, options, &status)) return status;
    if (!index_path_to_write(options->output, path, sizeof path))
        return commands_usage(command, "the index's path is too long.");
    return import_all(command, options, path, (const char *const *)arguments + optind, (size_t)(count - optind));
}

static int import_run(const struct command *command, int count, char **arguments)
{
    return import_with(command, count, arguments, &(struct import_options){ 0 });
}

static int import_run_add(const struct command *command, int count, char **arguments)
{
    return import_with(command, count, arguments, &(struct import_options){ .keeps = true });
}

#define IMPORT_OPTIONS                                                                                                 \
    "  -o, --output FILE  the index (default: APIBLAZE_INDEX, else\n"                                                  \
    "                     $XDG_DATA_HOME/apiblaze/catalogue.apiblaze)\n"                                               \
    "  -t, --threads N    threads (default: one a processor)\n"                                                        \
    "  -q, --quiet        faults only\n"

const struct command command_import = {
    .name = "import",
    .title = "apiblaze import",
    .summary = "make an index of specifications",
    .help = "usage: apiblaze import [OPTION…] PATH…\n\n"
            "Reads OpenAPI specifications: files, and folders to any depth (*.json), and makes one\n"
            "index of them. The old index stays until the new one is whole. Files that it has already\n"
            "are not read again. What cannot be read is told on stderr as file:line:column: what, the\n"
            "rest is imported.\n\n" IMPORT_OPTIONS
            "  -f, --fresh        read everything, whether it changed or not, and write it to one file\n\n"
            "Exit status: 0 all imported, 1 some failed, 2 none could be imported or the index could\n"
            "not be written.\n",
    .run = import_run,
};

const struct command command_add = {
    .name = "add",
    .title = "apiblaze add",
    .summary = "add specifications to the index",
    .help = "usage: apiblaze add [OPTION…] PATH…\n\n"
            "Reads OpenAPI specifications as apiblaze import does; what else is in the index stays in\n"
            "it. An API with the name of one that is there takes its place. A server that has the index\n"
            "open finds them at once.\n\n" IMPORT_OPTIONS
            "\nExit status: 0 all added, 1 some failed, 2 none could be added or the index could not be\n"
            "written.\n",
    .run = import_run_add,
};
