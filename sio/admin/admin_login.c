#include "admin_login.h"

#include "admin.h"
#include "json_text.h"
#include "server.h"
#include "socket.h"

#include <crypt.h>
#include <openssl/crypto.h>
#include <signal.h>
#include <stdlib.h>

enum {
    ADMIN_LOGIN_SLOTS = 16,
    ADMIN_LOGIN_HASH_SIZE = 60,
    ADMIN_LOGIN_PASSWORD_BYTES = 72, /* of what is longer bcrypt looks at no more */
    ADMIN_LOGIN_TEXT_BYTES = 4096,   /* of a name or password as JSON writes it */
    ADMIN_LOGIN_ID_BYTES = LIMIT_PACKET_NAMESPACE_BYTES + 1 + RANDOM_ID_SIZE,
};

enum admin_login_state { ADMIN_LOGIN_FREE, ADMIN_LOGIN_WAITS, ADMIN_LOGIN_IS_CHECKED };

struct admin_login_slot {
    struct loop_message message; /* to the socket's thread */
    struct admin *admin;
    struct worker *worker; /* that the socket belongs to */
    enum admin_login_state state;
    uint64_t number; /* the lowest is next */
    bool is_user, is_good;
    char socket_id[ADMIN_LOGIN_ID_BYTES + 1];
    char password[ADMIN_LOGIN_PASSWORD_BYTES + 1];
};

struct admin_login {
    struct admin *admin;
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool is_stopping;
    uint64_t count; /* gives the numbers */
    struct admin_login_slot slots[ADMIN_LOGIN_SLOTS];
    struct crypt_data crypt; /* the thread's */
};

static const char admin_login_refusal[] = "invalid credentials"; /* the page knows this text */

/* ---- What is said ------------------------------------------------------------------------------------------ */

/* A text of the auth, decoded, NUL-ended. False: it is missing, too long, or has a NUL inside. */
static bool admin_login_read(sio_value auth, const char *name, char room[ADMIN_LOGIN_TEXT_BYTES + 1])
{
    if (auth.kind != SIO_JSON) return false;
    struct str object = { auth.data.at, auth.data.size };
    struct json_text_value value = json_text_member(object, str_from(name));
    if (value.kind != JSON_TEXT_STRING || value.text.size > ADMIN_LOGIN_TEXT_BYTES) return false;
    memcpy(room, value.text.at, value.text.size);
    size_t size = json_text_decode(room, value.text.size);
    room[size] = '\0';
    return strlen(room) == size;
}

static bool admin_login_has_session(struct admin *admin, const sio_socket *socket, sio_value auth)
{
    char id[ADMIN_LOGIN_TEXT_BYTES + 1];
    uint64_t now = socket->session->worker->loop.now_ms;
    return admin_login_read(auth, "sessionId", id) && admin_sessions_has(&admin->sessions, str_from(id), now);
}

void admin_login_greet(struct admin *admin, sio_socket *socket, sio_value auth)
{
    char id[RANDOM_ID_SIZE + 1];
    struct worker *worker = socket->session->worker;
    if (admin_login_has_session(admin, socket, auth) || !random_id(&worker->random, id)) return;
    admin_sessions_add(&admin->sessions, id, worker->loop.now_ms + admin->options.session_timeout_s * (uint64_t)1000);
    (void)sio_emit(socket, "session", SIO_ARGS(sio_text(id)));
}

/* ---- The thread -------------------------------------------------------------------------------------------- */

bool admin_login_is_hash(const char *hash)
{
    static const char digits[] = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    if (strlen(hash) != ADMIN_LOGIN_HASH_SIZE || hash[0] != '$' || hash[1] != '2' || strchr("aby", hash[2]) == NULL)
        return false;
    if (hash[3] != '$' || hash[6] != '$' || strspn(hash + 4, "0123456789") != 2) return false;
    int cost = (hash[4] - '0') * 10 + hash[5] - '0';
    return cost >= 4 && cost <= 31 && strspn(hash + 7, digits) == ADMIN_LOGIN_HASH_SIZE - 7;
}

static bool admin_login_check(struct admin_login *login, const char *password)
{
    const char *hash = login->admin->options.password_hash;
    const char *made = crypt_r(password, hash, &login->crypt);
    bool is_good =
        made && strlen(made) == ADMIN_LOGIN_HASH_SIZE && CRYPTO_memcmp(made, hash, ADMIN_LOGIN_HASH_SIZE) == 0;
    OPENSSL_cleanse(&login->crypt, sizeof login->crypt);
    return is_good;
}

/* In the socket's thread. */
static void admin_login_decide(struct loop_message *message, bool is_dropped)
{
    struct admin_login_slot *slot = (struct admin_login_slot *)message;
    struct admin_login *login = slot->admin->login;
    sio_socket *socket = is_dropped ? NULL : sio_find(slot->admin->ns, slot->socket_id); /* NULL: it did not wait */
    bool is_good = slot->is_good;
    pthread_mutex_lock(&login->lock);
    slot->state = ADMIN_LOGIN_FREE;
    pthread_mutex_unlock(&login->lock);
    if (socket && is_good) (void)sio_admit(socket);
    if (socket && !is_good) (void)sio_refuse(socket, admin_login_refusal);
}

static struct admin_login_slot *admin_login_next(struct admin_login *login)
{
    struct admin_login_slot *next = NULL;
    for (size_t i = 0; i < ADMIN_LOGIN_SLOTS; i++) {
        struct admin_login_slot *slot = &login->slots[i];
        if (slot->state == ADMIN_LOGIN_WAITS && (next == NULL || slot->number < next->number)) next = slot;
    }
    return next;
}

/* Without the lock. */
static void admin_login_answer(struct admin_login_slot *slot)
{
    bool is_same = admin_login_check(slot->admin->login, slot->password);
    OPENSSL_cleanse(slot->password, sizeof slot->password);
    slot->is_good = is_same && slot->is_user;
    slot->message.fn = admin_login_decide;
    loop_send(&slot->worker->loop, &slot->message);
}

static void *admin_login_run(void *context)
{
    struct admin_login *login = context;
    pthread_mutex_lock(&login->lock);
    while (!login->is_stopping) {
        struct admin_login_slot *slot = admin_login_next(login);
        if (slot == NULL) {
            pthread_cond_wait(&login->wake, &login->lock);
            continue;
        }
        slot->state = ADMIN_LOGIN_IS_CHECKED;
        pthread_mutex_unlock(&login->lock);
        admin_login_answer(slot);
        pthread_mutex_lock(&login->lock);
    }
    pthread_mutex_unlock(&login->lock);
    return NULL;
}

/* The program's signals are for its own threads. */
static int admin_login_start(struct admin_login *login)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&login->thread, NULL, admin_login_run, login);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    login->has_thread = error == 0;
    return error ? SIO_ESYS : 0;
}

/* ---- The middleware ---------------------------------------------------------------------------------------- */

static struct admin_login_slot *admin_login_take_slot(struct admin_login *login)
{
    for (size_t i = 0; i < ADMIN_LOGIN_SLOTS; i++)
        if (login->slots[i].state == ADMIN_LOGIN_FREE) return &login->slots[i];
    return NULL;
}

/* Whoever has the name wrong is checked like the others: how long it takes must not tell which of the two it was. */
static bool admin_login_enqueue(struct admin_login *login, const sio_socket *socket, const char *user,
                                const char *password)
{
    const char *expected = login->admin->options.username;
    size_t size = strlen(user);
    pthread_mutex_lock(&login->lock);
    struct admin_login_slot *slot = admin_login_take_slot(login);
    if (slot) {
        *slot = (struct admin_login_slot){ .admin = login->admin, .worker = socket->session->worker };
        slot->is_user = size == strlen(expected) && CRYPTO_memcmp(user, expected, size) == 0;
        memcpy(slot->socket_id, socket->id, socket->id_size);
        memcpy(slot->password, password, strnlen(password, ADMIN_LOGIN_PASSWORD_BYTES));
        slot->number = login->count++;
        slot->state = ADMIN_LOGIN_WAITS;
        pthread_cond_signal(&login->wake);
    }
    pthread_mutex_unlock(&login->lock);
    return slot != NULL;
}

static void admin_login_ask(sio_socket *socket, void *context)
{
    struct admin *admin = context;
    char user[ADMIN_LOGIN_TEXT_BYTES + 1], password[ADMIN_LOGIN_TEXT_BYTES + 1];
    sio_value auth = sio_auth(socket);
    if (admin_login_has_session(admin, socket, auth)) {
        (void)sio_admit(socket);
        return;
    }
    bool is_said = admin_login_read(auth, "username", user) && admin_login_read(auth, "password", password);
    if (!is_said)
        (void)sio_refuse(socket, admin_login_refusal);
    else if (!admin_login_enqueue(admin->login, socket, user, password))
        (void)sio_refuse(socket, "too many logins at once");
    OPENSSL_cleanse(password, sizeof password);
}

/* ---- Life -------------------------------------------------------------------------------------------------- */

int admin_login_open(struct admin *admin)
{
    struct admin_login *login = calloc(1, sizeof *login);
    if (login == NULL) return SIO_ENOMEM;
    login->admin = admin;
    pthread_mutex_init(&login->lock, NULL);
    pthread_cond_init(&login->wake, NULL);
    admin->login = login;
    int error = admin_login_start(login);
    return error ? error : sio_use(admin->ns, admin_login_ask, admin);
}

void admin_login_stop(struct admin_login *login)
{
    if (login == NULL || !login->has_thread) return;
    pthread_mutex_lock(&login->lock);
    login->is_stopping = true;
    pthread_cond_signal(&login->wake);
    pthread_mutex_unlock(&login->lock);
    pthread_join(login->thread, NULL);
    login->has_thread = false;
}

void admin_login_free(struct admin_login *login)
{
    if (login == NULL) return;
    pthread_cond_destroy(&login->wake);
    pthread_mutex_destroy(&login->lock);
    OPENSSL_cleanse(login, sizeof *login);
    free(login);
}
