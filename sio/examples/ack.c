/* ack.c - acknowledgements: answers now, answers later from another thread, and questions to the client.
 *
 *   ack [PORT]
 *
 *     const socket = io("http://127.0.0.1:3000");
 *     socket.emit("add", 1, 2, (sum) => console.log(sum));                      // 3
 *     socket.emit("factor", 1000001, (prime, other) => console.log(prime, other)); // 101 9901
 *     socket.on("name?", (answer) => answer("Ada"));
 *     socket.on("welcome", (name) => console.log(name));                        // "Ada"; "stranger" without an answer
 */
#include <sio.h>

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sio_server *server;

/* ---- Now --------------------------------------------------------------------------------------------------- */

static void on_add(sio_socket *socket, sio_event *event, void *context)
{
    sio_args args = sio_event_args(event);
    double sum = 0;
    (void)socket;
    (void)context;
    for (size_t i = 0; i < args.count; i++)
        if (args.at[i].kind == SIO_NUMBER) sum += args.at[i].number;
    sio_ack(event, SIO_ARGS(sio_number(sum)));
}

/* ---- Later ------------------------------------------------------------------------------------------------- */

/* The one question that the other thread is at work with. The ticket stands for the event, which is gone by then; if
 * its client is gone too, answering does nothing. */
static struct {
    pthread_t thread;
    bool is_busy;
    sio_namespace *ns;
    sio_ticket ticket;
    uint64_t number, prime;
} question;

/* In the server's thread again, where alone the answer may be given. */
static void answer_factor(void *context)
{
    (void)context;
    pthread_join(question.thread, NULL);
    question.is_busy = false;
    uint64_t other = question.number / question.prime;
    sio_ack_ticket(question.ns, &question.ticket,
                   SIO_ARGS(sio_number((double)question.prime), sio_number((double)other)));
}

static void *find_factor(void *context)
{
    uint64_t divisor = 2;
    while (divisor * divisor <= question.number && question.number % divisor) divisor++;
    question.prime = divisor * divisor <= question.number ? divisor : question.number;
    sio_server_post(server, answer_factor, context);
    return NULL;
}

static bool is_factorable(sio_args args)
{
    enum { LARGEST = 1000000000 };
    return args.count == 1 && args.at[0].kind == SIO_NUMBER && args.at[0].number >= 2 && args.at[0].number <= LARGEST;
}

static void on_factor(sio_socket *socket, sio_event *event, void *context)
{
    sio_args args = sio_event_args(event);
    if (!is_factorable(args) || question.is_busy) {
        sio_ack(event, SIO_ARGS(sio_text(question.is_busy ? "busy" : "not such a number")));
        return;
    }
    question.ns = sio_namespace_of(socket);
    question.number = (uint64_t)args.at[0].number;
    question.is_busy = sio_ack_later(event, &question.ticket) == 0 &&
                       pthread_create(&question.thread, NULL, find_factor, context) == 0;
}

/* ---- Questions to the client ------------------------------------------------------------------------------- */

/* Whoever answers late or wrongly is a stranger. The socket may have ended meanwhile, so it is looked up. */
static void on_name(int error, sio_args args, void *context)
{
    char *id = context;
    sio_socket *socket = sio_find(sio_of(server, "/"), id);
    bool is_named = error == 0 && args.count == 1 && args.at[0].kind == SIO_TEXT;
    if (socket) sio_emit(socket, "welcome", SIO_ARGS(is_named ? args.at[0] : sio_text("stranger")));
    free(id);
}

static const char *on_connect(sio_socket *socket, sio_value auth, void *context)
{
    enum { TIMEOUT_MS = 1000 };
    char *id = strdup(sio_id(socket));
    (void)auth;
    (void)context;
    if (id == NULL) return "try again later";
    if (sio_emit_ack(socket, "name?", SIO_NO_ARGS, TIMEOUT_MS, on_name, id) != 0) free(id);
    return NULL;
}

static void on_signal(int number)
{
    (void)number;
    sio_server_stop(server);
}

int main(int count, char **words)
{
    uint16_t port = count > 1 ? (uint16_t)atoi(words[1]) : 3000;
    int error = sio_server_create(&server, &(sio_options){ .port = port });
    if (error == 0) {
        sio_namespace *ns = sio_of(server, "/");
        signal(SIGINT, on_signal);
        signal(SIGTERM, on_signal);
        sio_on_connect(ns, on_connect, NULL);
        error = sio_on_all(ns, "add", on_add, NULL);
        if (error == 0) error = sio_on_all(ns, "factor", on_factor, NULL);
    }
    if (error == 0) error = sio_server_run(server);
    if (error != 0) fprintf(stderr, "ack: %s\n", sio_strerror(error));
    if (question.is_busy) pthread_join(question.thread, NULL); /* it posts to the server */
    sio_server_destroy(server);
    return error != 0;
}
