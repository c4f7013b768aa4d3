/* admin_events.h - tells the admins what happens, as it happens. */
#ifndef ADMIN_EVENTS_H
#define ADMIN_EVENTS_H

#include <stdbool.h>

struct observer;

/* The observer of a server whose admins see everything, or numbers only. */
const struct observer *admin_events_observer(bool is_development);

#endif
