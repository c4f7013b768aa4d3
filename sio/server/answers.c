#include "answers.h"

#include "ack.h"
#include "copy.h"
#include "socket.h"

#include <stdlib.h>

struct answers {
    sio_answers state;
    size_t open; /* asked and not settled, parts that are not, and one for answers_seal */
    uint32_t timeout_ms;
    sio_answers_fn *fn;
    void *context;
    bool is_part;
};

/* What belongs to a part, which lives in one thread, and tells the whole in another. */
struct answers_part {
    struct answers answers;
    struct answers *whole;
    struct loop *home;
    struct loop_message asked, end;
};

/* An answer on its way to the whole. */
struct answers_reply {
    struct loop_message message;
    struct answers *whole;
    struct arena memory;
    sio_args args;
};

struct answers *answers_create(uint32_t timeout_ms, sio_answers_fn *fn, void *context)
{
    struct answers *answers = malloc(sizeof *answers);
    if (answers) *answers = (struct answers){ .open = 1, .timeout_ms = timeout_ms, .fn = fn, .context = context };
    return answers;
}

static void answers_tell_end(struct answers *answers)
{
    answers->state.is_end = true;
    answers->fn(&answers->state, SIO_NO_ARGS, answers->context);
    free(answers);
}

static void answers_settle(struct answers *answers)
{
    struct answers_part *part = (struct answers_part *)answers;
    if (--answers->open) return;
    if (answers->is_part)
        loop_send(part->home, &part->end);
    else
        answers_tell_end(answers);
}

/* That the time is over says more than that somebody has left. */
static void answers_note(struct answers *answers, int error)
{
    if (error && answers->state.error != SIO_ETIME) answers->state.error = error;
}

/* ---- Parts ------------------------------------------------------------------------------------------------- */

/* All three run in the whole's thread; a server that ends runs what is still under way before its loops are freed. */
static void answers_on_asked(struct loop_message *message, bool is_dropped)
{
    struct answers_part *part = (struct answers_part *)((char *)message - offsetof(struct answers_part, asked));
    (void)is_dropped;
    part->whole->state.asked += part->answers.state.asked;
}

static void answers_on_passed(struct loop_message *message, bool is_dropped)
{
    struct answers_reply *reply = (struct answers_reply *)message;
    struct answers *whole = reply->whole;
    (void)is_dropped;
    whole->state.answered++;
    whole->fn(&whole->state, reply->args, whole->context);
    arena_free(&reply->memory);
    free(reply);
}

static void answers_on_end(struct loop_message *message, bool is_dropped)
{
    struct answers_part *part = (struct answers_part *)((char *)message - offsetof(struct answers_part, end));
    struct answers *whole = part->whole;
    (void)is_dropped;
    answers_note(whole, part->answers.state.error);
    free(part);
    answers_settle(whole);
}

struct answers *answers_create_part(struct answers *whole, struct loop *home)
{
    struct answers_part *part = malloc(sizeof *part);
    if (part == NULL) return NULL;
    *part =
        (struct answers_part){ .whole = whole, .home = home, .asked.fn = answers_on_asked, .end.fn = answers_on_end };
    part->answers = (struct answers){ .open = 1, .timeout_ms = whole->timeout_ms, .is_part = true };
    whole->open++;
    return &part->answers;
}

void answers_drop_part(struct answers *answers)
{
    struct answers_part *part = (struct answers_part *)answers;
    part->whole->open--;
    free(part);
}

/* False: no memory, so that one answer less arrives. */
static bool answers_pass_on(struct answers_part *part, sio_args args)
{
    struct answers_reply *reply = malloc(sizeof *reply);
    if (reply == NULL) return false;
    *reply = (struct answers_reply){ .message.fn = answers_on_passed, .whole = part->whole };
    arena_init(&reply->memory, WORKER_ARENA_BYTES);
    reply->args = copy_args(&reply->memory, args);
    bool is_good = !reply->memory.failed;
    if (is_good) {
        loop_send(part->home, &reply->message);
    } else {
        arena_free(&reply->memory);
        free(reply);
    }
    return is_good;
}

/* ---- Answers ----------------------------------------------------------------------------------------------- */

static void answers_take(struct answers *answers, sio_args args)
{
    if (answers->is_part) {
        if (!answers_pass_on((struct answers_part *)answers, args)) answers_note(answers, SIO_ENOMEM);
        return;
    }
    answers->state.answered++;
    answers->fn(&answers->state, args, answers->context);
}

static void answers_on_reply(int error, sio_args args, void *context)
{
    struct answers *answers = context;
    if (error)
        answers_note(answers, error);
    else
        answers_take(answers, args);
    answers_settle(answers);
}

int answers_expect(struct answers *answers, sio_socket *socket, uint64_t id)
{
    int error = ack_expect(socket, id, answers->timeout_ms, answers_on_reply, answers);
    if (error) return error;
    answers->state.asked++;
    answers->open++;
    return 0;
}

void answers_forget(struct answers *answers, sio_socket *socket, uint64_t id)
{
    if (!ack_forget(socket, id)) return;
    answers->state.asked--;
    answers->open--;
}

void answers_seal(struct answers *answers, int error)
{
    struct answers_part *part = (struct answers_part *)answers;
    if (error) answers->state.error = error;
    if (answers->is_part && answers->state.asked) loop_send(part->home, &part->asked);
    answers_settle(answers);
}
