/* search_load.c - asks `apiblaze serve` over WebSocket what a query set has, and prints one JSON line of figures.
 *
 *   search_load --port 3000 --queries full_ayt.jsonl [--connections 1] [--in-flight 1] [--seconds 4] [--warm-up 1]
 *
 * Each line of the set is an object with the query in "q". It is sent as app:api-elements-search-action with ten rows
 * wanted and an acknowledgement, one query after the other and again from the first; each connection begins at another
 * one. Closed loop, one thread. Of an answer is looked at no more than that it is one, so that the generator takes
 * little of the processor time that it shares with the server; how much it takes is printed, too. */
#include "clock.h"
#include "latencies.h"
#include "load_client.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <yyjson.h>

enum {
    SEARCH_LOAD_FIRST_ID = 1000000,
    SEARCH_LOAD_ID_COUNT = 8000000, /* so that all ids have as many digits */
    SEARCH_LOAD_ID_DIGITS = 7,
    SEARCH_LOAD_TEXT_BYTES = 8192,
    SEARCH_LOAD_IN_FLIGHT_MAX = 1024,
};

struct search_load_options {
    uint16_t port;
    const char *queries;
    unsigned connections, in_flight, seconds, warm_up;
};

struct search_load_connection {
    struct load_client client;
    uint64_t *sent_us; /* a ring by id */
    uint32_t next_id;
    size_t next_query;
    bool is_ready; /* its namespace is joined */
};

struct search_load {
    struct search_load_options options;
    int epoll;
    struct search_load_connection *connections;
    struct buf *texts; /* each a whole packet but for its id */
    size_t count;
    unsigned ready;
    bool is_measuring;
    struct latencies latencies;
};

/* ---- The set ----------------------------------------------------------------------------------------------- */

static void search_load_add(struct search_load *load, struct str line)
{
    yyjson_doc *doc = yyjson_read(line.at, line.size, 0);
    yyjson_val *query = yyjson_obj_get(yyjson_doc_get_root(doc), "q");
    char *keyword = yyjson_val_write(query, 0, NULL);
    load->texts = reallocarray(load->texts, load->count + 1, sizeof *load->texts);
    errno = 0;
    if (keyword == NULL || load->texts == NULL) load_fail("a line of the query set has no \"q\", or no memory");
    struct buf *text = &load->texts[load->count++];
    buf_init(text, SEARCH_LOAD_TEXT_BYTES);
    buf_append_format(text, "42%u[\"app:api-elements-search-action\",{\"keyword\":%s,\"limit\":10}]",
                      SEARCH_LOAD_FIRST_ID, keyword);
    if (text->error) load_fail("a query is too long");
    free(keyword);
    yyjson_doc_free(doc);
}

static void search_load_read(struct search_load *load)
{
    FILE *file = fopen(load->options.queries, "rb");
    char *line = NULL;
    size_t capacity = 0;
    if (file == NULL) load_fail(load->options.queries);
    for (ssize_t size; (size = getline(&line, &capacity, file)) > 0;)
        search_load_add(load, (struct str){ line, (size_t)size });
    free(line);
    fclose(file);
    errno = 0;
    if (load->count == 0) load_fail("the query set is empty");
}

/* ---- Asking ------------------------------------------------------------------------------------------------ */

static void search_load_ask(struct search_load *load, struct search_load_connection *connection)
{
    struct buf *text = &load->texts[connection->next_query++ % load->count];
    char digits[16];
    snprintf(digits, sizeof digits, "%u", SEARCH_LOAD_FIRST_ID + connection->next_id % SEARCH_LOAD_ID_COUNT);
    memcpy(text->at + 2, digits, SEARCH_LOAD_ID_DIGITS);
    connection->sent_us[connection->next_id++ % load->options.in_flight] = clock_us();
    load_client_frame(&connection->client, buf_str(text));
}

static void search_load_on_answer(struct search_load *load, struct search_load_connection *connection, struct str text)
{
    static const struct str start = STR_INIT("[{\"keyword\":");
    struct str answer = str_cut(text, 2 + SEARCH_LOAD_ID_DIGITS, text.size);
    uint32_t id = (uint32_t)strtoul(text.at + 2, NULL, 10) - SEARCH_LOAD_FIRST_ID;
    errno = 0;
    if (!str_starts(answer, start)) load_fail("an answer is none to a search");
    if (load->is_measuring)
        latencies_add(&load->latencies, clock_us() - connection->sent_us[id % load->options.in_flight]);
    search_load_ask(load, connection);
}

static void search_load_on_packet(struct search_load *load, struct search_load_connection *connection, struct str text)
{
    if (str_starts(text, STR("43"))) {
        search_load_on_answer(load, connection, text);
    } else if (str_starts(text, STR("0{"))) {
        load_client_frame(&connection->client, STR("40"));
    } else if (str_equal(text, STR("2"))) {
        load_client_frame(&connection->client, STR("3"));
    } else if (str_starts(text, STR("40")) && !connection->is_ready) {
        connection->is_ready = true;
        load->ready++;
    }
}

static void search_load_on_readable(struct search_load *load, struct search_load_connection *connection)
{
    struct load_client *client = &connection->client;
    struct str input, text;
    if (!load_client_read(client)) return;
    input = buf_str(&client->input);
    size_t all = input.size;
    while (client->is_upgraded && load_client_take(&input, &text)) search_load_on_packet(load, connection, text);
    buf_consume(&client->input, all - input.size);
    load_client_flush(client);
}

static void search_load_turn(struct search_load *load)
{
    struct epoll_event events[256];
    int count = epoll_wait(load->epoll, events, 256, 100);
    for (int i = 0; i < count; i++) search_load_on_readable(load, events[i].data.ptr);
}

static void search_load_run_for(struct search_load *load, unsigned seconds)
{
    uint64_t end = clock_us() + (uint64_t)seconds * 1000000u;
    while (clock_us() < end) search_load_turn(load);
}

/* ---- A run ------------------------------------------------------------------------------------------------- */

static void search_load_connect(struct search_load *load)
{
    const struct search_load_options *options = &load->options;
    for (unsigned i = 0; i < options->connections; i++) {
        struct search_load_connection *connection = &load->connections[i];
        connection->sent_us = calloc(options->in_flight, sizeof *connection->sent_us);
        if (connection->sent_us == NULL) load_fail("no memory");
        connection->next_query = load->count * i / options->connections;
        load_client_open(&connection->client, options->port, load->epoll, connection);
        load_client_upgrade(&connection->client, "/socket.io/?EIO=4&transport=websocket");
    }
    while (load->ready < options->connections) search_load_turn(load);
}

static void search_load_begin(struct search_load *load)
{
    for (unsigned i = 0; i < load->options.connections; i++) {
        for (unsigned k = 0; k < load->options.in_flight; k++) search_load_ask(load, &load->connections[i]);
        load_client_flush(&load->connections[i].client);
    }
}

/* Microseconds of processor time that this process has had. */
static double search_load_own_us(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void search_load_measure(struct search_load *load)
{
    const struct latencies *latencies = &load->latencies;
    search_load_run_for(load, load->options.warm_up);
    load->is_measuring = true;
    double before_us = search_load_own_us();
    search_load_run_for(load, load->options.seconds);
    double each_us = (search_load_own_us() - before_us) / (double)(latencies->count ? latencies->count : 1);
    printf("{\"searches\":%llu,\"searches_per_second\":%.0f,\"p50_us\":%u,\"p99_us\":%u,\"max_us\":%llu,"
           "\"generator_us\":%.2f}\n",
           (unsigned long long)latencies->count, (double)latencies->count / load->options.seconds,
           latencies_quantile(latencies, .5), latencies_quantile(latencies, .99), (unsigned long long)latencies->max_us,
           each_us);
}

static struct search_load_options search_load_read_options(int count, char **words)
{
    static const struct option names[] = {
        { "port", required_argument, NULL, 'p' },
        { "queries", required_argument, NULL, 'q' },
        { "connections", required_argument, NULL, 'c' },
        { "in-flight", required_argument, NULL, 'i' },
        { "seconds", required_argument, NULL, 'd' },
        { "warm-up", required_argument, NULL, 'w' },
        { NULL, 0, NULL, 0 },
    };
    struct search_load_options options = { .connections = 1, .in_flight = 1, .seconds = 4, .warm_up = 1 };
    for (int name; (name = getopt_long(count, words, "", names, NULL)) != -1;) {
        unsigned value = optarg == NULL ? 0 : (unsigned)strtoul(optarg, NULL, 10);
        switch (name) {
        case 'p': options.port = (uint16_t)value; break;
        case 'q': options.queries = optarg; break;
        case 'c': options.connections = value; break;
        case 'i': options.in_flight = value; break;
        case 'd': options.seconds = value; break;
        case 'w': options.warm_up = value; break;
        default: exit(2);
        }
    }
    bool is_good = options.port && options.queries && options.connections && options.seconds && options.in_flight &&
                   options.in_flight <= SEARCH_LOAD_IN_FLIGHT_MAX;
    if (is_good) return options;
    fputs("usage: search_load --port N --queries FILE [--connections N] [--in-flight N] [--seconds N] [--warm-up N]\n",
          stderr);
    exit(2);
}

int main(int count, char **words)
{
    struct search_load load = { .options = search_load_read_options(count, words), .epoll = epoll_create1(0) };
    load.connections = calloc(load.options.connections, sizeof *load.connections);
    if (load.epoll < 0 || load.connections == NULL) load_fail("no memory");
    load_raise_limit();
    latencies_init(&load.latencies);
    search_load_read(&load);
    search_load_connect(&load);
    search_load_begin(&load);
    search_load_measure(&load);
    return 0;
}
