#include "outbox.h"

enum { OUTBOX_HEAD = 6 };

void outbox_add(struct buf *outbox, enum eio_type type, bool is_binary, struct str bytes)
{
    char *at = buf_reserve(outbox, OUTBOX_HEAD + bytes.size);
    if (at == NULL) return;
    uint32_t size = (uint32_t)bytes.size;
    memcpy(at, &size, sizeof size);
    at[4] = (char)type;
    at[5] = (char)is_binary;
    if (bytes.size) memcpy(at + OUTBOX_HEAD, bytes.at, bytes.size);
    outbox->size += OUTBOX_HEAD + bytes.size;
}

bool outbox_next(const struct buf *outbox, size_t *position, struct eio_packet *packet)
{
    if (*position >= outbox->size) return false;
    char *at = outbox->at + *position;
    uint32_t size;
    memcpy(&size, at, sizeof size);
    *packet = (struct eio_packet){
        .type = (enum eio_type)at[4], .is_binary = at[5] != 0, .data = at + OUTBOX_HEAD, .size = size
    };
    *position += OUTBOX_HEAD + size;
    return true;
}
