#include "leb128.h"

size_t leb128_write(uint32_t value, uint8_t bytes[LEB128_SIZE_MAX])
{
    size_t count = 0;
    while (value >= 0x80) {
        bytes[count++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    bytes[count++] = (uint8_t)value;
    return count;
}

bool leb128_read(struct str bytes, size_t *at, uint32_t *value)
{
    uint64_t sum = 0;
    size_t place = *at;
    for (unsigned shift = 0; shift < 7 * LEB128_SIZE_MAX; shift += 7) {
        if (place >= bytes.size) return false;
        uint8_t byte = (uint8_t)bytes.at[place++];
        sum |= (uint64_t)(byte & 0x7F) << shift;
        if (byte & 0x80) continue;
        if (sum > UINT32_MAX) return false;
        *value = (uint32_t)sum;
        *at = place;
        return true;
    }
    return false;
}
