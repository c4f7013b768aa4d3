#include "unit.h"

#include "engine_double.h"
#include "sio_double.h"
#include "watch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { WORKERS = 2 };

static char path[] = P_tmpdir "/watch.XXXXXX";
static struct handlers *handlers;
static struct watch *watch;

static int set_up(void **state)
{
    (void)state;
    engine *opened;
    struct engine_fault fault;
    engine_double = (struct engine_double){ 0 };
    sio_double = (struct sio_double){ 0 };
    memcpy(path + strlen(path) - 6, "XXXXXX", 6);
    close(mkstemp(path));
    assert_int_equal(pipe(sio_double.posts), 0);
    engine_open(&opened, path, &fault);
    assert_int_equal(handlers_create(&handlers, opened, WORKERS), ENGINE_OK);
    watch_block_signals();
    assert_int_equal(handlers_attach(handlers, NULL), SIO_OK);
    assert_int_equal(watch_start(&watch, path, NULL, handlers), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    handlers_destroy(handlers);
    assert_int_equal(engine_double.closed, engine_double.opened);
    assert_int_equal(engine_double.scratches_destroyed, engine_double.scratches);
    close(sio_double.posts[0]);
    close(sio_double.posts[1]);
    return unlink(path);
}

/* The workers do what they are told, perhaps twice, until they have taken what is laid before them. */
static void take_delivery(void)
{
    for (int told = sio_double.broadcasts; sio_double.broadcasts == told;) {
        struct sio_double_post post = sio_double_next_post();
        assert_non_null(post.fn);
        sio_double_run(post);
    }
}

static void a_replaced_file_is_opened_and_delivered(void **state)
{
    (void)state;
    FILE *file = fopen(path, "w");
    fputs("another", file);
    fclose(file);
    take_delivery();
    assert_string_equal(sio_double.broadcast_name, "catalogue:updated");
    watch_stop(watch);
    assert_int_equal(engine_double.opened, 2);
}

/* As an import does it: not every two seconds, but at once. */
static void a_renamed_file_is_told_of(void **state)
{
    (void)state;
    char fresh[sizeof path + 8];
    snprintf(fresh, sizeof fresh, "%s.new", path);
    for (int i = 0; i < 50; i++) {
        FILE *file = fopen(fresh, "w");
        fputs("another", file);
        fclose(file);
        assert_int_equal(rename(fresh, path), 0);
        take_delivery();
    }
    watch_stop(watch);
    assert_int_equal(engine_double.opened, 51);
    assert_int_equal(engine_double.reopened, 50);
    assert_int_equal(engine_double.compactions, 0);
}

static void many_segments_are_compacted(void **state)
{
    (void)state;
    engine_double.wants_compaction = true;
    kill(getpid(), SIGHUP);
    take_delivery();
    while (atomic_load(&engine_double.compactions) == 0) usleep(1000);
    watch_stop(watch);
    assert_int_equal(engine_double.compactions, 1);
}

static void sighup_opens_at_once(void **state)
{
    (void)state;
    kill(getpid(), SIGHUP);
    take_delivery();
    kill(getpid(), SIGHUP);
    take_delivery();
    watch_stop(watch);
    assert_int_equal(engine_double.opened, 3);
}

static void what_the_workers_never_took_is_closed(void **state)
{
    (void)state;
    kill(getpid(), SIGHUP);
    take_delivery();
    assert_int_equal(sio_double.broadcasts, 1);
    kill(getpid(), SIGHUP);
    sio_double_next_post();
    watch_stop(watch);
    assert_int_equal(engine_double.opened, 3);
}

/* Not by a worker, and not before the last has left it. */
static void what_the_workers_have_left_is_closed_beside_them(void **state)
{
    (void)state;
    kill(getpid(), SIGHUP);
    struct sio_double_post post = sio_double_next_post();
    while (post.worker == 0) {
        sio_double_run(post);
        post = sio_double_next_post();
    }
    usleep(3 * 20000);
    assert_int_equal(engine_double.closed, 0);
    sio_double_run(post);
    assert_int_equal(sio_double.broadcasts, 1);
    while (atomic_load(&engine_double.closed) == 0) usleep(1000);
    watch_stop(watch);
    assert_int_equal(engine_double.closed, 1);
}

static void sigterm_stops_the_server(void **state)
{
    (void)state;
    kill(getpid(), SIGUSR1); /* a stranger's: the thread goes on */
    kill(getpid(), SIGTERM);
    assert_null(sio_double_next_post().fn);
    kill(getpid(), SIGINT);
    assert_null(sio_double_next_post().fn);
    watch_stop(watch);
}

static void a_bad_file_changes_nothing(void **state)
{
    (void)state;
    watch_stop(watch);
    engine_double.open_error = ENGINE_ECORRUPT;
    assert_int_equal(watch_start(&watch, path, NULL, handlers), 0);
    kill(getpid(), SIGHUP);
    kill(getpid(), SIGTERM); /* taken after SIGHUP: the lower signal number comes first */
    assert_null(sio_double_next_post().fn);
    watch_stop(watch);
    assert_int_equal(sio_double.broadcasts, 0);
    watch_stop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_replaced_file_is_opened_and_delivered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_renamed_file_is_told_of, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_segments_are_compacted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sighup_opens_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_workers_never_took_is_closed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_workers_have_left_is_closed_beside_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sigterm_stops_the_server, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bad_file_changes_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
