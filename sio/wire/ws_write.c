#include "limits.h"
#include "ws.h"

size_t ws_write_header(char out[WS_HEADER_MAX], int opcode, uint64_t size)
{
    enum { WS_FIN = 0x80 };
    size_t length_size = size < 126 ? 0 : size <= 0xFFFF ? 2 : 8;
    out[0] = (char)(WS_FIN | opcode);
    out[1] = (char)(length_size == 0 ? size : length_size == 2 ? 126 : 127);
    for (size_t i = 0; i < length_size; i++) out[2 + i] = (char)(size >> (8 * (length_size - 1 - i)));
    return 2 + length_size;
}

void ws_write(struct buf *buf, enum ws_opcode opcode, struct str payload)
{
    char header[WS_HEADER_MAX];
    buf_append(buf, header, ws_write_header(header, (int)opcode, payload.size));
    buf_append_str(buf, payload);
}

void ws_write_close(struct buf *buf, uint16_t code, struct str reason)
{
    char payload[LIMIT_WS_CONTROL_BYTES];
    struct str cut = utf8_cut(reason, sizeof payload - 2);
    if (code == WS_CLOSE_NO_CODE) {
        ws_write(buf, WS_OPCODE_CLOSE, STR_EMPTY);
        return;
    }
    payload[0] = (char)(code >> 8);
    payload[1] = (char)code;
    if (cut.size > 0) memcpy(payload + 2, cut.at, cut.size);
    ws_write(buf, WS_OPCODE_CLOSE, (struct str){ payload, 2 + cut.size });
}
