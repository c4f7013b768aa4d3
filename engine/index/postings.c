#include "postings.h"

void postings_pack(struct buf *packed, const uint32_t *numbers, size_t count)
{
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t difference = numbers[i] - last;
        while (difference >= 0x80) {
            buf_append_byte(packed, (char)(uint8_t)(difference | 0x80));
            difference >>= 7;
        }
        buf_append_byte(packed, (char)(uint8_t)difference);
        last = numbers[i];
    }
}

struct postings postings_read(struct str packed, uint32_t ceiling)
{
    const uint8_t *at = (const uint8_t *)packed.at;
    return (struct postings){ .at = at, .end = at + packed.size, .ceiling = ceiling };
}
