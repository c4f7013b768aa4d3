#include "desk.h"

#include "latest.h"
#include "limits.h"

void desk_init(struct desk *desk, struct handlers *handlers, unsigned number, struct edition *edition)
{
    *desk = (struct desk){ .handlers = handlers, .number = number, .edition = edition };
    atomic_fetch_add(&edition->users, 1);
    arena_init(&desk->arena, LIMIT_EVENT_MEMORY);
}

void desk_free(struct desk *desk)
{
    latest_destroy(desk->latest);
    arena_free(&desk->arena);
}

bool desk_action(struct desk *desk, struct action *action)
{
    struct edition *edition = desk->edition;
    arena_reset(&desk->arena);
    if (!atomic_load_explicit(&desk->is_used, memory_order_relaxed)) atomic_store(&desk->is_used, true);
    if (edition->scratches[desk->number] == NULL && edition_prepare(edition, desk->number) != ENGINE_OK) return false;
    *action = (struct action){ .engine = edition->engine,
                               .scratch = edition->scratches[desk->number],
                               .arena = &desk->arena };
    return true;
}

void desk_lay(struct desk *desk, struct edition *edition)
{
    atomic_fetch_add(&edition->users, 1);
    struct edition *old = atomic_exchange(&desk->next, edition);
    if (old) atomic_fetch_sub(&old->users, 1);
}

bool desk_take(struct desk *desk)
{
    struct edition *next = atomic_exchange(&desk->next, NULL);
    if (next == NULL) return false; /* it was told twice of one */
    atomic_fetch_sub(&desk->edition->users, 1);
    desk->edition = next;
    return atomic_fetch_sub(&next->waited_for, 1) == 1;
}
