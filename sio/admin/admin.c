#include "admin.h"

#include "adapter.h"
#include "admin_commands.h"
#include "admin_events.h"
#include "admin_listing.h"
#include "observer.h"
#include "server.h"
#include "socket.h"

#include <stdlib.h>
#include <unistd.h>

bool admin_is_heard(const struct admin *admin)
{
    return atomic_load_explicit(&admin->count, memory_order_relaxed) > 0 || admin->ns->adapter->is_wide;
}

void admin_tell(struct admin *admin, const char *event, sio_args args)
{
    (void)sio_broadcast(admin->ns, (sio_to){ 0 }, event, args); /* who missed something is closed and comes again */
}

/* ---- An admin comes ---------------------------------------------------------------------------------------- */

/* Names of the reference: what the page offers depends on them. */
static void admin_send_config(const struct admin *admin, sio_socket *socket)
{
    char json[256];
    int size = snprintf(json, sizeof json, "{\"supportedFeatures\":[%s\"AGGREGATED_EVENTS\"%s]}",
                        admin->options.is_read_only
                            ? ""
                            : "\"EMIT\",\"JOIN\",\"LEAVE\",\"DISCONNECT\",\"MJOIN\",\"MLEAVE\",\"MDISCONNECT\",",
                        admin->is_development ? ",\"ALL_EVENTS\"" : "");
    (void)sio_emit(socket, "config", SIO_ARGS(sio_json(json, (size_t)size)));
}

static const char *admin_on_connect(sio_socket *socket, sio_value auth, void *context)
{
    struct admin *admin = context;
    atomic_fetch_add(&admin->count, 1);
    if (admin->login) admin_login_greet(admin, socket, auth);
    admin_send_config(admin, socket);
    admin_stats_send(admin, socket);
    if (admin->is_development) admin_listing_send(admin, socket);
    return NULL;
}

static void admin_on_disconnect(sio_socket *socket, const char *reason, void *context)
{
    struct admin *admin = context;
    (void)socket;
    (void)reason;
    atomic_fetch_sub(&admin->count, 1);
}

/* ---- Life -------------------------------------------------------------------------------------------------- */

static bool admin_copy(struct sio_server *server, const char **text, const char *otherwise)
{
    *text = arena_copy(&server->texts, str_from(*text ? *text : otherwise)).at;
    return !server->texts.failed;
}

static int admin_copy_options(struct admin *admin, const sio_admin_options *options)
{
    sio_admin_options *own = &admin->options;
    *own = *options;
    if (gethostname(admin->host, sizeof admin->host - 1) != 0) admin->host[0] = '\0';
    bool has_login = own->username && own->password_hash && admin_login_is_hash(own->password_hash);
    if (own->has_no_password ? own->username || own->password_hash : !has_login) return SIO_EINVAL;
    if (own->session_timeout_s == 0) own->session_timeout_s = 24 * 60 * 60;
    bool is_good = admin_copy(admin->server, &own->namespace_name, "/admin") &&
                   admin_copy(admin->server, &own->server_id, admin->host) &&
                   admin_copy(admin->server, &own->mode, "development") &&
                   admin_copy(admin->server, &own->username, "") && admin_copy(admin->server, &own->password_hash, "");
    if (!is_good) return SIO_ENOMEM;
    admin->is_development = strcmp(own->mode, "development") == 0;
    return admin->is_development || strcmp(own->mode, "production") == 0 ? 0 : SIO_EINVAL;
}

static int admin_open_namespace(struct admin *admin)
{
    admin->ns = sio_of(admin->server, admin->options.namespace_name);
    if (admin->ns == NULL) return admin->options.namespace_name[0] == '/' ? SIO_ENOMEM : SIO_EINVAL;
    admin->ns->has_no_recovery = true; /* who comes back says again who it is; and none of this is worth keeping */
    int error = admin->options.has_no_password ? 0 : admin_login_open(admin);
    if (error == 0 && !admin->options.is_read_only) error = admin_commands_add(admin);
    if (error) return error;
    sio_on_connect(admin->ns, admin_on_connect, admin);
    sio_on_disconnect(admin->ns, admin_on_disconnect, admin);
    return 0;
}

static void admin_destroy(struct admin *admin)
{
    admin_login_free(admin->login);
    admin_sessions_free(&admin->sessions);
    free(admin);
}

int sio_admin_enable(sio_server *server, const sio_admin_options *options)
{
    if (server->admin) return SIO_EINVAL;
    struct admin *admin = calloc(1, sizeof *admin);
    if (admin == NULL) return SIO_ENOMEM;
    admin->server = server;
    admin_sessions_init(&admin->sessions);
    int error = admin_copy_options(admin, options);
    if (error) {
        admin_destroy(admin);
        return error;
    }
    /* From here on freed with the server, whose namespace has its handlers. */
    static const struct observer not_yet = { .on_stop = admin_stop, .on_free = admin_free };
    server->admin = admin;
    server->observer = &not_yet;
    error = admin_open_namespace(admin);
    if (error) return error;
    if (admin->is_development) server->options.keeps_handshake = true;
    server->observer = admin_events_observer(admin->is_development);
    admin_stats_start(admin);
    return 0;
}

void admin_stop(struct sio_server *server)
{
    admin_stats_stop(server->admin);
    admin_login_stop(server->admin->login);
}

void admin_free(struct sio_server *server)
{
    admin_destroy(server->admin);
    server->observer = NULL;
    server->admin = NULL;
}
