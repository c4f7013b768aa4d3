#include "progress.h"

#include "clock.h"
#include "number.h"

enum { PROGRESS_BAR = 30, PROGRESS_EVERY_US = 50000 };

void progress_start(struct progress *progress, FILE *file, bool is_quiet)
{
    *progress = (struct progress){ .output = output_to(file), .is_quiet = is_quiet, .started = clock_us() };
}

static unsigned progress_percent(const struct engine_progress *now)
{
    if (now->bytes_total == 0) return 100;
    return (unsigned)((double)now->bytes * 100 / (double)now->bytes_total);
}

static double progress_rate(const struct progress *progress, const struct engine_progress *now)
{
    uint64_t elapsed = clock_us() - progress->started;
    return elapsed == 0 ? 0 : (double)now->bytes / (double)elapsed; /* bytes a microsecond are MB a second */
}

static void progress_figures(const struct progress *progress, const struct engine_progress *now)
{
    char files[NUMBER_TEXT], files_total[NUMBER_TEXT], bytes[NUMBER_TEXT], bytes_total[NUMBER_TEXT];
    fprintf(progress->output.file, "%3u %%  %s of %s files  %s of %s  %.0f MB/s", progress_percent(now),
            number_text(files, now->files), number_text(files_total, now->files_total), number_bytes(bytes, now->bytes),
            number_bytes(bytes_total, now->bytes_total), progress_rate(progress, now));
}

/* By the rate so far; nothing before there is one, nor when all is read. */
static void progress_left(const struct progress *progress, const struct engine_progress *now)
{
    double rate = progress_rate(progress, now);
    if (rate <= 0 || now->bytes >= now->bytes_total) return;
    double seconds = (double)(now->bytes_total - now->bytes) / 1e6 / rate;
    if (seconds < 90)
        fprintf(progress->output.file, "  %.0f s left", seconds < 1 ? 1 : seconds);
    else
        fprintf(progress->output.file, "  %.0f min left", seconds / 60);
}

static void progress_draw(struct progress *progress, const struct engine_progress *now)
{
    unsigned filled = progress_percent(now) * PROGRESS_BAR / 100;
    fputs("\r\033[K", progress->output.file);
    for (unsigned i = 0; i < PROGRESS_BAR; i++) fputs(i < filled ? "█" : "░", progress->output.file);
    fputc(' ', progress->output.file);
    progress_figures(progress, now);
    progress_left(progress, now);
    fflush(progress->output.file);
    progress->is_drawn = true;
}

static void progress_line(struct progress *progress, const struct engine_progress *now)
{
    if (progress_percent(now) / 10 <= progress->tenth) return;
    progress->tenth = progress_percent(now) / 10;
    progress_figures(progress, now);
    fputc('\n', progress->output.file);
    fflush(progress->output.file);
}

void progress_show(const struct engine_progress *now, void *context)
{
    struct progress *progress = context;
    uint64_t time = clock_us();
    if (progress->is_quiet) return;
    if (!progress->output.is_terminal) {
        progress_line(progress, now);
    } else if (time - progress->drawn >= PROGRESS_EVERY_US) {
        progress->drawn = time;
        progress_draw(progress, now);
    }
}

void progress_end(struct progress *progress)
{
    if (!progress->is_drawn) return;
    fputs("\r\033[K", progress->output.file);
    fflush(progress->output.file);
    progress->is_drawn = false;
}

void progress_fault(const char *file_line_column_what, void *context)
{
    struct progress *progress = context;
    progress_end(progress);
    output_text(&progress->output, str_from(file_line_column_what));
    fputc('\n', progress->output.file);
}
