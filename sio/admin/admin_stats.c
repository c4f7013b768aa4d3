#include "admin_stats.h"

#include "admin.h"
#include "clock.h"
#include "json_text.h"
#include "server.h"
#include "socket.h"

#include <unistd.h>

static const char *const admin_stats_reasons[ADMIN_STATS_REASONS] = { "transport close",     "transport error",
                                                                      "ping timeout",        "parse error",
                                                                      "forced close",        "forced server close",
                                                                      "server shutting down" };

/* ---- What happens ------------------------------------------------------------------------------------------ */

void admin_stats_count_end(struct admin_stats *stats, const char *reason)
{
    for (size_t i = 0; i < ADMIN_STATS_REASONS; i++)
        if (strcmp(reason, admin_stats_reasons[i]) == 0) atomic_fetch_add(&stats->ends[i], 1);
}

/* Closes the second that is over. */
static void admin_stats_sample(struct admin_stats *stats)
{
    struct admin_second *second = &stats->seconds[stats->count++];
    sio_counters now;
    sio_server_counters(stats->admin->server, &now);
    int64_t ms = clock_wall_ms();
    *second = (struct admin_second){ .at_ms = ms - ms % 1000,
                                     .sessions = now.sessions_total - stats->last.sessions_total,
                                     .packets_in = now.packets_in - stats->last.packets_in,
                                     .packets_out = now.packets_out - stats->last.packets_out,
                                     .bytes_in = now.bytes_in - stats->last.bytes_in,
                                     .bytes_out = now.bytes_out - stats->last.bytes_out };
    for (size_t i = 0; i < ADMIN_STATS_REASONS; i++) second->ends[i] = atomic_exchange(&stats->ends[i], 0);
    stats->last = now;
}

/* ---- What is told ------------------------------------------------------------------------------------------ */

static void admin_stats_write_count(struct buf *json, const struct admin_second *second, const char *type,
                                    const char *reason, uint64_t count)
{
    if (count == 0) return;
    if (json->size && json->at[json->size - 1] == '}') buf_append_byte(json, ',');
    buf_append_format(json, "{\"timestamp\":%lld,\"type\":\"%s\",", (long long)second->at_ms, type);
    if (reason) buf_append_format(json, "\"subType\":\"%s\",", reason);
    buf_append_format(json, "\"count\":%llu}", (unsigned long long)count);
}

static void admin_stats_write_second(struct buf *json, const struct admin_second *second)
{
    admin_stats_write_count(json, second, "rawConnection", NULL, second->sessions);
    admin_stats_write_count(json, second, "packetsIn", NULL, second->packets_in);
    admin_stats_write_count(json, second, "bytesIn", NULL, second->bytes_in);
    admin_stats_write_count(json, second, "packetsOut", NULL, second->packets_out);
    admin_stats_write_count(json, second, "bytesOut", NULL, second->bytes_out);
    for (size_t i = 0; i < ADMIN_STATS_REASONS; i++)
        admin_stats_write_count(json, second, "rawDisconnection", admin_stats_reasons[i], second->ends[i]);
}

static void admin_stats_write_namespaces(struct buf *json, struct sio_server *server)
{
    const char *separator = "";
    pthread_mutex_lock(&server->names_lock);
    for (const struct sio_namespace *ns = server->namespaces; ns; ns = ns->next) {
        uint64_t count = 0;
        for (uint32_t i = 0; i < server->options.workers; i++) count += counter_read(&ns->shards[i].count);
        buf_append_format(json, "%s{\"name\":", separator);
        json_text_write_string(json, ns->name);
        buf_append_format(json, ",\"socketsCount\":%llu}", (unsigned long long)count);
        separator = ",";
    }
    pthread_mutex_unlock(&server->names_lock);
}

static void admin_stats_write(struct buf *json, const struct admin *admin, const struct admin_second *seconds,
                              unsigned count)
{
    sio_counters now;
    sio_server_counters(admin->server, &now);
    uint64_t polling = now.polling[0] + now.polling[1], websocket = now.websocket[0] + now.websocket[1];
    buf_append_str(json, STR("{\"serverId\":"));
    json_text_write_string(json, str_from(admin->options.server_id));
    buf_append_str(json, STR(",\"hostname\":"));
    json_text_write_string(json, str_from(admin->host));
    buf_append_format(json, ",\"pid\":%ld,\"uptime\":%.3f,\"clientsCount\":%llu,\"pollingClientsCount\":%llu",
                      (long)getpid(), (double)(clock_ms() - admin->stats.started_ms) / 1000,
                      (unsigned long long)polling + websocket, (unsigned long long)polling);
    buf_append_str(json, STR(",\"aggregatedEvents\":["));
    for (unsigned i = 0; i < count; i++) admin_stats_write_second(json, &seconds[i]);
    buf_append_str(json, STR("],\"namespaces\":["));
    admin_stats_write_namespaces(json, admin->server);
    buf_append_str(json, STR("]}"));
}

void admin_stats_send(struct admin *admin, sio_socket *socket)
{
    struct buf json;
    buf_init(&json, admin->server->options.backlog_bytes_max);
    admin_stats_write(&json, admin, NULL, 0);
    if (json.error == BUF_OK) (void)sio_emit(socket, "server_stats", SIO_ARGS(sio_json(json.at, json.size)));
    buf_free(&json);
}

static void admin_stats_tell(struct admin *admin)
{
    struct buf json;
    buf_init(&json, admin->server->options.backlog_bytes_max);
    admin_stats_write(&json, admin, admin->stats.seconds, admin->stats.count);
    if (json.error == BUF_OK) admin_tell(admin, "server_stats", SIO_ARGS(sio_json(json.at, json.size)));
    buf_free(&json);
}

/* ---- Life -------------------------------------------------------------------------------------------------- */

static void admin_stats_set_timer(struct admin_stats *stats)
{
    struct loop *loop = &stats->admin->server->workers[0].loop;
    timer_set(&loop->timers, &stats->timer, loop->now_ms, ADMIN_STATS_TICK_MS);
}

static void admin_stats_on_timer(struct timer *timer)
{
    struct admin_stats *stats = (struct admin_stats *)((char *)timer - offsetof(struct admin_stats, timer));
    admin_stats_sample(stats);
    if (stats->count == ADMIN_STATS_SECONDS) {
        if (admin_is_heard(stats->admin)) admin_stats_tell(stats->admin);
        stats->count = 0;
    }
    admin_stats_set_timer(stats);
}

void admin_stats_start(struct admin *admin)
{
    struct admin_stats *stats = &admin->stats;
    stats->admin = admin;
    stats->started_ms = clock_ms();
    sio_server_counters(admin->server, &stats->last);
    timer_init(&stats->timer, admin_stats_on_timer);
    admin_stats_set_timer(stats);
}

void admin_stats_stop(struct admin *admin)
{
    if (admin->stats.admin) timer_cancel(&admin->server->workers[0].loop.timers, &admin->stats.timer);
}
