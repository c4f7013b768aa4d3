#include "courier.h"

#include "courier_transfer.h"
#include "limits.h"

#include <pthread.h>
#include <stdlib.h>

struct courier {
    CURLM *multi;
    pthread_t thread;
    bool allows_private;
    struct courier_transfer *under_way[LIMIT_COURIER_REQUESTS]; /* of the thread alone; NULL: a free place */
    pthread_mutex_t lock;                                       /* guards what follows */
    struct courier_transfer *first, **last;                     /* those that the thread has not taken yet */
    size_t count;                                               /* of these and those under way */
    bool is_ending;
};

const char *courier_strerror(int error)
{
    switch (error) {
#define COURIER_X(name, code, text)                                                                                    \
    case name: return text;
        COURIER_ERRORS(COURIER_X)
#undef COURIER_X
    default: return "";
    }
}

static void courier_end(struct courier *courier, struct courier_transfer *transfer, CURLcode result, int error)
{
    for (size_t i = 0; i < LIMIT_COURIER_REQUESTS; i++) {
        if (courier->under_way[i] != transfer) continue;
        courier->under_way[i] = NULL;
        curl_multi_remove_handle(courier->multi, transfer->curl);
    }
    courier_transfer_end(transfer, result, error);
    pthread_mutex_lock(&courier->lock);
    courier->count--;
    pthread_mutex_unlock(&courier->lock);
}

static struct courier_transfer *courier_take_all(struct courier *courier, bool *is_ending)
{
    pthread_mutex_lock(&courier->lock);
    struct courier_transfer *first = courier->first;
    courier->first = NULL;
    courier->last = &courier->first;
    *is_ending = courier->is_ending;
    pthread_mutex_unlock(&courier->lock);
    return first;
}

/* There is a free place: courier_send counts. */
static void courier_start(struct courier *courier, struct courier_transfer *transfer)
{
    size_t place = 0;
    while (courier->under_way[place] != NULL) place++;
    courier->under_way[place] = transfer;
    if (curl_multi_add_handle(courier->multi, transfer->curl) != CURLM_OK)
        courier_end(courier, transfer, CURLE_OK, COURIER_ENOMEM);
}

static void courier_start_new(struct courier *courier, struct courier_transfer *transfer)
{
    for (struct courier_transfer *next; transfer; transfer = next) {
        next = transfer->next;
        courier_start(courier, transfer);
    }
}

static void courier_end_done(struct courier *courier)
{
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(courier->multi, &left)) != NULL;) {
        struct courier_transfer *transfer = NULL;
        CURLcode result = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
        courier_end(courier, transfer, result, COURIER_OK);
    }
}

/* Each turn: take what is new, let libcurl work, end what is done, wait. */
static void *courier_run(void *context)
{
    struct courier *courier = context;
    int running = 0;
    for (bool is_ending = false; !is_ending;) {
        courier_start_new(courier, courier_take_all(courier, &is_ending));
        curl_multi_perform(courier->multi, &running);
        courier_end_done(courier);
        if (!is_ending) curl_multi_poll(courier->multi, NULL, 0, LIMIT_COURIER_MS, NULL);
    }
    for (size_t i = 0; i < LIMIT_COURIER_REQUESTS; i++)
        if (courier->under_way[i]) courier_end(courier, courier->under_way[i], CURLE_OK, COURIER_EGONE);
    return NULL;
}

int courier_create(struct courier **created, bool allows_private)
{
    struct courier *courier = calloc(1, sizeof *courier);
    if (courier == NULL) return COURIER_ENOMEM;
    courier->allows_private = allows_private;
    courier->last = &courier->first;
    pthread_mutex_init(&courier->lock, NULL);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK && (courier->multi = curl_multi_init()) != NULL) {
        curl_multi_setopt(courier->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)LIMIT_COURIER_REQUESTS);
        if (pthread_create(&courier->thread, NULL, courier_run, courier) == 0) {
            *created = courier;
            return COURIER_OK;
        }
        curl_multi_cleanup(courier->multi);
    }
    pthread_mutex_destroy(&courier->lock);
    free(courier);
    return COURIER_ENOMEM;
}

void courier_destroy(struct courier *courier)
{
    if (courier == NULL) return;
    pthread_mutex_lock(&courier->lock);
    courier->is_ending = true;
    pthread_mutex_unlock(&courier->lock);
    curl_multi_wakeup(courier->multi);
    pthread_join(courier->thread, NULL);
    curl_multi_cleanup(courier->multi);
    pthread_mutex_destroy(&courier->lock);
    free(courier);
    curl_global_cleanup();
}

/* Puts it into the queue, when there is room. */
static bool courier_queue(struct courier *courier, struct courier_transfer *transfer)
{
    pthread_mutex_lock(&courier->lock);
    bool has_room = courier->count < LIMIT_COURIER_REQUESTS && !courier->is_ending;
    if (has_room) {
        *courier->last = transfer;
        courier->last = &transfer->next;
        courier->count++;
    }
    pthread_mutex_unlock(&courier->lock);
    return has_room;
}

int courier_send(struct courier *courier, const struct courier_request *request, courier_done_fn *done, void *context)
{
    struct courier_transfer *transfer = courier_transfer_create(request, courier->allows_private);
    if (transfer == NULL) return COURIER_EINVAL;
    transfer->done = done;
    transfer->context = context;
    if (!courier_queue(courier, transfer)) {
        courier_transfer_free(transfer);
        return COURIER_EFULL;
    }
    curl_multi_wakeup(courier->multi);
    return COURIER_OK;
}
