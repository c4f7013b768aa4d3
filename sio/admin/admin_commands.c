#include "admin_commands.h"

#include "admin.h"
#include "namespace.h"

/* A text that can be a name; NULL: it is something else. */
static const char *admin_commands_text(sio_args args, size_t place)
{
    if (place >= args.count || args.at[place].kind != SIO_TEXT) return NULL;
    const char *text = args.at[place].data.at;
    return strlen(text) == args.at[place].data.size ? text : NULL;
}

/* Whom a command is for. A room or a socket's id stands at `place`; what JavaScript takes for false there means
 * everyone. */
struct admin_target {
    sio_namespace *ns; /* to be dropped; NULL: there is no such namespace, or the filter is no name */
    const char *rooms[2];
    sio_to to;
};

/* False: nothing is to be done. */
static bool admin_commands_read_target(struct admin_target *target, const struct admin *admin, sio_args args,
                                       size_t place)
{
    const char *name = admin_commands_text(args, 0), *filter = admin_commands_text(args, place);
    bool is_for_all = place >= args.count || args.at[place].kind == SIO_NULL || (filter && filter[0] == '\0');
    *target = (struct admin_target){ .ns = NULL };
    if (name == NULL || (filter == NULL && !is_for_all)) return false;
    target->ns = namespace_find_made(admin->server, str_from(name));
    if (is_for_all) return target->ns != NULL;
    target->rooms[0] = filter;
    target->to.rooms = target->rooms;
    return target->ns != NULL;
}

/* (namespace, filter, event, arguments …) */
static void admin_commands_emit(sio_socket *socket, sio_event *event, void *context)
{
    sio_args args = sio_event_args(event);
    const char *name = admin_commands_text(args, 2);
    struct admin_target target;
    (void)socket;
    if (name == NULL || !admin_commands_read_target(&target, context, args, 1)) return;
    (void)sio_broadcast(target.ns, target.to, name, (sio_args){ args.at + 3, args.count - 3 });
    namespace_drop(target.ns);
}

/* (namespace, room, filter) */
static void admin_commands_join(sio_socket *socket, sio_event *event, void *context)
{
    sio_args args = sio_event_args(event);
    const char *room = admin_commands_text(args, 1);
    struct admin_target target;
    (void)socket;
    if (room == NULL || !admin_commands_read_target(&target, context, args, 2)) return;
    (void)sio_join_all(target.ns, target.to, SIO_ROOMS(room));
    namespace_drop(target.ns);
}

static void admin_commands_leave(sio_socket *socket, sio_event *event, void *context)
{
    sio_args args = sio_event_args(event);
    const char *room = admin_commands_text(args, 1);
    struct admin_target target;
    (void)socket;
    if (room == NULL || !admin_commands_read_target(&target, context, args, 2)) return;
    (void)sio_leave_all(target.ns, target.to, SIO_ROOMS(room));
    namespace_drop(target.ns);
}

/* (namespace, whether the connection is closed too, filter) */
static void admin_commands_disconnect(sio_socket *socket, sio_event *event, void *context)
{
    sio_args args = sio_event_args(event);
    bool closes_clients = args.count > 1 && args.at[1].kind == SIO_BOOL && args.at[1].boolean;
    struct admin_target target;
    (void)socket;
    if (!admin_commands_read_target(&target, context, args, 2)) return;
    (void)sio_disconnect_all(target.ns, target.to, closes_clients);
    namespace_drop(target.ns);
}

int admin_commands_add(struct admin *admin)
{
    static const struct {
        const char *name;
        sio_event_fn *fn;
    } commands[] = { { "emit", admin_commands_emit },
                     { "join", admin_commands_join },
                     { "leave", admin_commands_leave },
                     { "_disconnect", admin_commands_disconnect } };
    int error = 0;
    for (size_t i = 0; error == 0 && i < sizeof commands / sizeof *commands; i++)
        error = sio_on_all(admin->ns, commands[i].name, commands[i].fn, admin);
    return error;
}
