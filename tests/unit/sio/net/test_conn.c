#include "conn.h"
#include "unit.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* The owner under test: takes words that end in a dot and notes everything. */
struct owner {
    struct conn *conn;
    struct buf words;
    unsigned drained, released, deadlines, ends;
    enum conn_end end;
    bool stops_after_word, closes_on_word, finishes_on_word, finishes_on_drain;
};

static struct loop loop;
static struct owner owner;
static int peer;

static size_t owner_on_data(struct conn *conn, char *bytes, size_t size)
{
    char *dot = memchr(bytes, '.', size);
    if (dot == NULL) return 0;
    size_t used = (size_t)(dot - bytes) + 1;
    buf_append(&owner.words, bytes, used);
    if (owner.stops_after_word) conn_pause(conn, true);
    if (owner.closes_on_word) conn_close(conn);
    if (owner.finishes_on_word) {
        conn_write(conn, &STR("bye"), 1);
        conn_finish(conn);
    }
    return !owner.stops_after_word && used < size ? used + owner_on_data(conn, bytes + used, size - used) : used;
}

static void owner_on_drain(struct conn *conn)
{
    owner.drained++;
    if (!owner.finishes_on_drain) return;
    conn_write(conn, &STR("bye"), 1);
    conn_finish(conn);
}

static void owner_on_deadline(struct conn *conn)
{
    owner.deadlines++;
    conn_close(conn);
}

static void owner_on_close(struct conn *conn, enum conn_end end)
{
    assert_false(conn_is_open(conn));
    owner.end = end;
    owner.ends++;
}

static void owner_release(void *context)
{
    ((struct owner *)context)->released++;
}

static const struct conn_handler owner_handler = { owner_on_data, owner_on_drain, owner_on_deadline, owner_on_close,
                                                   owner_release };

static int open_pair(void **state)
{
    int fds[2];
    (void)state;
    owner = (struct owner){ 0 };
    buf_init(&owner.words, 1 << 20);
    if (loop_init(&loop) != 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds) != 0) return -1;
    peer = fds[1];
    owner.conn = conn_open(&loop, fds[0], &owner_handler, &owner, 64);
    return owner.conn ? 0 : -1;
}

static int close_pair(void **state)
{
    (void)state;
    if (!owner.released) conn_close(owner.conn);
    for (int i = 0; i < 3; i++) loop_turn(&loop, 0);
    assert_int_equal(owner.released, 1);
    buf_free(&owner.words);
    if (peer >= 0) close(peer);
    loop_free(&loop);
    return 0;
}

static void turn(int turns)
{
    for (int i = 0; i < turns; i++) assert_int_equal(loop_turn(&loop, 0), 0);
}

static void say(const char *text)
{
    assert_int_equal(write(peer, text, strlen(text)), strlen(text));
    turn(1);
}

static void unused_input_comes_again(void **state)
{
    (void)state;
    say("one.tw");
    assert_str(buf_str(&owner.words), "one.");
    assert_non_null(owner.conn->rest);
    say("o.three.");
    assert_str(buf_str(&owner.words), "one.two.three.");
    assert_null(owner.conn->rest); /* an idle connection holds nothing */
}

static void one_byte_at_a_time(void **state)
{
    (void)state;
    for (const char *byte = "first.second.third."; *byte; byte++) say((char[]){ *byte, '\0' });
    assert_str(buf_str(&owner.words), "first.second.third.");
}

static void input_that_does_not_end_closes(void **state)
{
    (void)state;
    for (int i = 0; i < 20 && owner.ends == 0; i++) say("0123456789");
    turn(2);
    assert_int_equal(owner.ends, 1);
    assert_int_equal(owner.end, CONN_OVERFULL);
}

static void a_pause_stops_input_and_resume_goes_on(void **state)
{
    (void)state;
    owner.stops_after_word = true;
    say("one.two.");
    say("three.");
    assert_str(buf_str(&owner.words), "one.");
    conn_resume(owner.conn);
    assert_str(buf_str(&owner.words), "one."); /* not from inside the call */
    turn(1);
    assert_str(buf_str(&owner.words), "one.two.");
    owner.stops_after_word = false;
    conn_resume(owner.conn);
    turn(2);
    assert_str(buf_str(&owner.words), "one.two.three.");
}

static void the_end_of_the_peer_is_told_while_paused(void **state)
{
    (void)state;
    conn_pause(owner.conn, true);
    close(peer);
    peer = -1;
    turn(1);
    assert_int_equal(owner.ends, 1);
}

static void the_end_of_the_peer_is_told(void **state)
{
    (void)state;
    shutdown(peer, SHUT_WR);
    turn(1);
    assert_int_equal(owner.ends, 1);
    assert_int_equal(owner.end, CONN_ENDED);
}

static size_t fill(size_t size)
{
    char block[1000];
    for (size_t done = 0; done < size; done += sizeof block) {
        memset(block, (int)(done / sizeof block % 251), sizeof block);
        conn_write(owner.conn, &(struct str){ block, sizeof block }, 1);
    }
    return size;
}

static size_t drain(size_t size)
{
    unsigned char block[1000];
    size_t done = 0;
    while (done < size) {
        ssize_t got = recv(peer, block, sizeof block - done % sizeof block, 0);
        if (got < 0 && errno == EAGAIN) {
            turn(1);
            continue;
        }
        if (got <= 0) break;
        for (ssize_t i = 0; i < got; i++) assert_int_equal(block[i], (done + (size_t)i) / sizeof block % 251);
        done += (size_t)got;
    }
    return done;
}

static void what_the_kernel_refuses_is_kept_in_order(void **state)
{
    (void)state;
    size_t size = fill(2000 * 1000);
    assert_true(conn_unsent(owner.conn) > 0);
    assert_int_equal(drain(size), size);
    turn(1);
    assert_int_equal(conn_unsent(owner.conn), 0);
    assert_int_equal(owner.drained, 1);
}

/* A client that does not read is not read from, so that it cannot make the server's memory grow. */
static void a_full_backlog_stops_input(void **state)
{
    (void)state;
    size_t size = fill(2000 * 1000);
    say("word.");
    assert_int_equal(owner.words.size, 0);
    assert_int_equal(drain(size), size);
    turn(2);
    assert_str(buf_str(&owner.words), "word.");
}

static void half_close_still_gets_what_was_written(void **state)
{
    (void)state;
    size_t size = fill(200 * 1000);
    shutdown(peer, SHUT_WR);
    turn(2);
    assert_int_equal(drain(size), size);
    turn(2);
    assert_int_equal(owner.ends, 1);
    char byte;
    assert_int_equal(recv(peer, &byte, 1, 0), 0);
}

static void finish_sends_everything_first(void **state)
{
    (void)state;
    size_t size = fill(2000 * 1000);
    conn_finish(owner.conn);
    assert_int_equal(drain(size), size);
    turn(1);
    char byte;
    assert_int_equal(recv(peer, &byte, 1, 0), 0);
    assert_int_equal(owner.released, 0); /* lingers until the peer has closed too */
    close(peer);
    peer = -1;
    turn(3);
    assert_int_equal(owner.released, 1);
    assert_int_equal(owner.ends, 0);
}

static void finish_inside_the_handler_flushes_the_cork(void **state)
{
    (void)state;
    char text[8];
    owner.finishes_on_word = true;
    say("word.more");
    assert_int_equal(recv(peer, text, sizeof text, 0), 3);
    assert_memory_equal(text, "bye", 3);
    assert_int_equal(recv(peer, text, sizeof text, 0), 0);
}

static void finish_on_drain_flushes_the_cork(void **state)
{
    char text[8];
    (void)state;
    owner.finishes_on_drain = true;
    conn_want_drain(owner.conn);
    turn(1);
    assert_int_equal(recv(peer, text, sizeof text, 0), 3);
    assert_int_equal(recv(peer, text, sizeof text, 0), 0);
}

static void close_inside_the_handler(void **state)
{
    (void)state;
    owner.closes_on_word = true;
    say("word.more");
    turn(2);
    assert_int_equal(owner.released, 1);
    assert_int_equal(owner.ends, 0);
    conn_write(&(struct conn){ .is_closed = true }, &STR("x"), 1);
}

static void writing_to_a_reset_peer_tells_later(void **state)
{
    (void)state;
    close(peer);
    peer = -1;
    for (int i = 0; i < 3; i++) conn_write(owner.conn, &STR("x"), 1);
    assert_int_equal(owner.ends, 0);
    turn(3);
    assert_int_equal(owner.ends, 1);
    assert_int_equal(owner.released, 1);
}

static void shared_bytes_reach_the_peer(void **state)
{
    char text[8];
    (void)state;
    struct shared *shared = shared_create(STR("ab"), STR("cd"));
    conn_write_shared(owner.conn, shared);
    shared_drop(shared);
    assert_int_equal(recv(peer, text, sizeof text, 0), 4);
    assert_memory_equal(text, "abcd", 4);
}

static void shared_bytes_wait_without_a_copy(void **state)
{
    (void)state;
    size_t size = fill(2000 * 1000);
    struct shared *shared = shared_create(STR("ab"), STR("cd"));
    conn_write_shared(owner.conn, shared);
    assert_int_equal(shared->references, 2);
    assert_int_equal(drain(size), size);
    turn(2);
    assert_int_equal(shared->references, 1);
    shared_drop(shared);
}

static void a_deadline_is_told(void **state)
{
    (void)state;
    conn_deadline(owner.conn, 20);
    while (owner.deadlines == 0) assert_int_equal(loop_turn(&loop, 1000), 0);
    turn(1);
    assert_int_equal(owner.released, 1);
}

/* The second owner of the connection, who gets the input behind what the first one used. */
static size_t second_on_data(struct conn *conn, char *bytes, size_t size)
{
    (void)conn;
    buf_append(&owner.words, "2:", 2);
    buf_append(&owner.words, bytes, size);
    return size;
}

static const struct conn_handler second_handler = { second_on_data, NULL, NULL, owner_on_close, owner_release };

static size_t first_on_data(struct conn *conn, char *bytes, size_t size)
{
    (void)size;
    buf_append(&owner.words, bytes, 3);
    conn_take_over(conn, &second_handler, &owner, 64);
    return 3;
}

static const struct conn_handler first_handler = { first_on_data, NULL, NULL, owner_on_close, owner_release };

static void the_next_owner_gets_the_rest(void **state)
{
    (void)state;
    conn_take_over(owner.conn, &first_handler, &owner, 64);
    say("onetwo");
    say("three");
    assert_str(buf_str(&owner.words), "one2:two2:three");
}

/* ---- From loop to loop ------------------------------------------------------------------------------------- */

static struct loop second_loop;

/* Lets the second loop take the place of the first one, so that the other tests' helpers turn it. */
static void move(void)
{
    assert_int_equal(loop_init(&second_loop), 0);
    assert_true(conn_detach(owner.conn));
    assert_null(loop.conns);
    assert_int_equal(counter_read(&loop.unsent), 0);
    turn(1); /* nothing is left that could be called */
    conn_adopt(&second_loop, owner.conn);
    assert_ptr_equal(second_loop.conns, owner.conn);
}

static void turn_second(int turns)
{
    for (int i = 0; i < turns; i++) assert_int_equal(loop_turn(&second_loop, 0), 0);
}

static void end_second(void)
{
    if (!owner.released) conn_close(owner.conn);
    turn_second(3);
    loop_free(&second_loop);
}

static void a_moved_connection_keeps_its_input(void **state)
{
    (void)state;
    owner.stops_after_word = true;
    say("one.two.thr");
    assert_str(buf_str(&owner.words), "one.");
    owner.stops_after_word = false;
    move();
    assert_str(buf_str(&owner.words), "one."); /* not from inside the call */
    turn_second(1);
    assert_str(buf_str(&owner.words), "one.two.");
    say("ee.");
    turn_second(1);
    assert_str(buf_str(&owner.words), "one.two.three.");
    end_second();
}

static void a_moved_connection_keeps_what_is_unsent(void **state)
{
    char block[1000];
    size_t done = 0;
    (void)state;
    size_t size = fill(2000 * 1000);
    size_t unsent = conn_unsent(owner.conn);
    conn_pause(owner.conn, false);
    move();
    assert_int_equal(counter_read(&second_loop.unsent), unsent);
    while (done < size) {
        ssize_t got = recv(peer, block, sizeof block - done % sizeof block, 0);
        turn_second(got < 0);
        for (ssize_t i = 0; i < got; i++)
            assert_int_equal((unsigned char)block[i], (done + (size_t)i) / sizeof block % 251);
        if (got > 0) done += (size_t)got;
    }
    turn_second(1);
    assert_int_equal(owner.drained, 1);
    assert_int_equal(counter_read(&second_loop.unsent), 0);
    end_second();
}

static void a_moved_connection_keeps_its_deadline(void **state)
{
    (void)state;
    conn_deadline(owner.conn, 20);
    conn_pause(owner.conn, false);
    move();
    assert_true(timer_is_set(&owner.conn->timer));
    while (owner.deadlines == 0) assert_int_equal(loop_turn(&second_loop, 1000), 0);
    end_second();
    assert_int_equal(owner.released, 1);
}

static void one_without_a_deadline_gets_none(void **state)
{
    (void)state;
    conn_deadline(owner.conn, 20);
    conn_deadline(owner.conn, 0);
    conn_pause(owner.conn, false);
    move();
    assert_false(timer_is_set(&owner.conn->timer));
    end_second();
}

static void one_that_has_something_to_do_stays(void **state)
{
    (void)state;
    owner.stops_after_word = true;
    say("one.two.");
    conn_resume(owner.conn);
    assert_false(conn_detach(owner.conn));
    turn(1);
    assert_str(buf_str(&owner.words), "one.two.");
    assert_true(conn_detach(owner.conn));
    conn_adopt(&loop, owner.conn); /* its own is as good as any */
}

static void an_end_on_the_way_is_told(void **state)
{
    (void)state;
    conn_pause(owner.conn, false);
    assert_true(conn_detach(owner.conn));
    close(peer);
    peer = -1;
    turn(1);
    assert_int_equal(owner.ends, 0);
    conn_adopt(&loop, owner.conn);
    turn(2);
    assert_int_equal(owner.ends, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_pair, close_pair)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(unused_input_comes_again),
        TEST(one_byte_at_a_time),
        TEST(input_that_does_not_end_closes),
        TEST(a_pause_stops_input_and_resume_goes_on),
        TEST(the_end_of_the_peer_is_told_while_paused),
        TEST(the_end_of_the_peer_is_told),
        TEST(what_the_kernel_refuses_is_kept_in_order),
        TEST(a_full_backlog_stops_input),
        TEST(half_close_still_gets_what_was_written),
        TEST(finish_sends_everything_first),
        TEST(finish_inside_the_handler_flushes_the_cork),
        TEST(finish_on_drain_flushes_the_cork),
        TEST(close_inside_the_handler),
        TEST(writing_to_a_reset_peer_tells_later),
        TEST(shared_bytes_reach_the_peer),
        TEST(shared_bytes_wait_without_a_copy),
        TEST(a_deadline_is_told),
        TEST(the_next_owner_gets_the_rest),
        TEST(a_moved_connection_keeps_its_input),
        TEST(a_moved_connection_keeps_what_is_unsent),
        TEST(a_moved_connection_keeps_its_deadline),
        TEST(one_without_a_deadline_gets_none),
        TEST(one_that_has_something_to_do_stays),
        TEST(an_end_on_the_way_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
