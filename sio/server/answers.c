#include "answers.h"

#include "ack.h"
#include "socket.h"

#include <stdlib.h>

struct answers {
    sio_answers state;
    size_t open; /* asked and not settled, and one for answers_seal */
    uint32_t timeout_ms;
    sio_answers_fn *fn;
    void *context;
};

struct answers *answers_create(uint32_t timeout_ms, sio_answers_fn *fn, void *context)
{
    struct answers *answers = malloc(sizeof *answers);
    if (answers) *answers = (struct answers){ .open = 1, .timeout_ms = timeout_ms, .fn = fn, .context = context };
    return answers;
}

static void answers_settle(struct answers *answers)
{
    if (--answers->open) return;
    answers->state.is_end = true;
    answers->fn(&answers->state, SIO_NO_ARGS, answers->context);
    free(answers);
}

/* That the time is over says more than that somebody has left. */
static void answers_on_reply(int error, sio_args args, void *context)
{
    struct answers *answers = context;
    if (error == 0) {
        answers->state.answered++;
        answers->fn(&answers->state, args, answers->context);
    } else if (answers->state.error != SIO_ETIME) {
        answers->state.error = error;
    }
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
    if (error) answers->state.error = error;
    answers_settle(answers);
}
