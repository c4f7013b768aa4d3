/* compactor.h - makes one segment of many, beside a server that answers.
 *
 * It takes seconds, so nobody waits for it: a program that ends leaves it where it is, and the index as it was. */
#ifndef COMPACTOR_H
#define COMPACTOR_H

struct compactor;

/* For the index at `path`; NULL: no memory. */
struct compactor *compactor_create(const char *path);
/* Starts a thread of low priority, unless one is at work. That the index has changed is seen as any change is. */
void compactor_start(struct compactor *compactor);
/* Frees it, when its thread has ended. NULL is fine. */
void compactor_leave(struct compactor *compactor);

#endif
