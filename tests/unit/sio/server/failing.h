/* failing.h - the nth allocation that the server makes fails, in whichever of its threads. Link test_failing, which
 * wraps malloc and its kin. */
#ifndef TESTS_FAILING_H
#define TESTS_FAILING_H

#include <stdatomic.h>
#include <stdbool.h>

/* Allocations counted so far, and the number of the one that fails; 0: none. */
extern atomic_ulong allocations, failing;
/* Only what is allocated while this is set counts; it is set inside of sio_server_step, and in the threads that are
 * started. */
extern _Thread_local bool is_server;

#endif
