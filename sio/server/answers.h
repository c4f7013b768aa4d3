/* answers.h - the acknowledgements of an event that was sent to many: counted, handed on one by one, none is kept. */
#ifndef SERVER_ANSWERS_H
#define SERVER_ANSWERS_H

#include "sio.h"

struct answers;

/* NULL: no memory. The caller holds it open until answers_seal. */
struct answers *answers_create(uint32_t timeout_ms, sio_answers_fn *fn, void *context);
/* A share of them, for another worker: it is used there as the whole is, and each answer is passed on to the whole in
 * the loop `home`, its own. The whole stays open until answers_seal was called for the part and all it asked have
 * answered. NULL: no memory. */
struct loop;
struct answers *answers_create_part(struct answers *whole, struct loop *home);
/* The other worker does not get it after all. */
void answers_drop_part(struct answers *part);
/* One more socket is asked, with the acknowledgement's id. 0, or why it is not: SIO_ENOMEM, SIO_EFULL. */
int answers_expect(struct answers *answers, sio_socket *socket, uint64_t id);
/* It could not be sent to the socket after all. */
void answers_forget(struct answers *answers, sio_socket *socket, uint64_t id);
/* Everyone is asked that could be; `error`: 0, or why not everyone. The end is told when the last has answered, now
 * when there is none. */
void answers_seal(struct answers *answers, int error);

#endif
