#include "ws.h"

#include "limits.h"
#include "ws_deflate.h"

enum { WS_FIN = 0x80, WS_RESERVED = 0x70, WS_OPCODE = 0x0F, WS_CONTROL = 0x08, WS_MASKED = 0x80, WS_LENGTH = 0x7F };

/* A frame's header as it stands on the wire (RFC 6455 §5.2). */
struct ws_header {
    uint8_t first, opcode;
    uint8_t mask[4];
    uint64_t size;      /* of the payload */
    size_t header_size; /* its own */
};

void ws_reader_init(struct ws_reader *reader, uint64_t message_max)
{
    *reader = (struct ws_reader){ .message_max = message_max };
}

bool ws_reader_is_idle(const struct ws_reader *reader)
{
    return reader->opcode == 0 && !reader->in_frame && !reader->is_closed;
}

bool ws_is_close_code(uint16_t code)
{
    if (code >= 3000) return code <= 4999;
    return code >= 1000 && code <= 1014 && code != 1004 && code != WS_CLOSE_NO_CODE && code != 1006;
}

static void ws_fail(struct ws_reader *reader, struct ws_piece *piece, uint16_t code, const char *reason)
{
    reader->is_closed = true;
    *piece = (struct ws_piece){ .kind = WS_ERROR, .code = code, .reason = reason };
}

/* ---- Masking (§5.3) ------------------------------------------------------------------------------------------ */

/* Unmasks in place, eight bytes at a time, and turns the mask for what follows. True when a byte is not ASCII. */
static bool ws_unmask(char *at, size_t size, uint8_t mask[4])
{
    uint64_t mask_word, all = 0;
    uint8_t twice[8] = { mask[0], mask[1], mask[2], mask[3], mask[0], mask[1], mask[2], mask[3] };
    memcpy(&mask_word, twice, 8);
    size_t done = 0;
    for (; done + 8 <= size; done += 8) {
        uint64_t word;
        memcpy(&word, at + done, 8);
        word ^= mask_word;
        all |= word;
        memcpy(at + done, &word, 8);
    }
    for (; done < size; done++) {
        uint8_t byte = (uint8_t)((uint8_t)at[done] ^ twice[done % 8]);
        all |= byte;
        at[done] = (char)byte;
    }
    memcpy(mask, twice + size % 4, 4);
    return (all & 0x8080808080808080u) != 0;
}

/* ---- Headers ------------------------------------------------------------------------------------------------- */

static uint64_t ws_big_endian(const uint8_t *at, size_t count)
{
    uint64_t number = 0;
    for (size_t i = 0; i < count; i++) number = number << 8 | at[i];
    return number;
}

/* Reads a header. False when it is not whole. What is wrong with the part that is there is found by ws_header_error. */
static bool ws_read_header(struct ws_header *header, const uint8_t *at, size_t size)
{
    if (size < 2) return false;
    header->first = at[0];
    header->opcode = at[0] & WS_OPCODE;
    header->size = at[1] & WS_LENGTH;
    size_t length_size = header->size == 126 ? 2 : header->size == 127 ? 8 : 0;
    header->header_size = 2 + length_size + 4;
    if (size < header->header_size) return false;
    if (length_size > 0) header->size = ws_big_endian(at + 2, length_size);
    memcpy(header->mask, at + 2 + length_size, 4);
    return true;
}

/* What the first two bytes break (§5.2, §5.4, §5.5); NULL when they are good. */
static const char *ws_start_error(const struct ws_reader *reader, uint8_t first, uint8_t second)
{
    uint8_t opcode = first & WS_OPCODE;
    bool may_be_compressed = reader->deflate && (opcode == WS_OPCODE_TEXT || opcode == WS_OPCODE_BINARY);
    if (first & WS_RESERVED & (may_be_compressed ? ~WS_RSV1 : 0xFF)) return "a reserved bit is set";
    if ((opcode > WS_OPCODE_BINARY && opcode < WS_OPCODE_CLOSE) || opcode > WS_OPCODE_PONG) return "reserved opcode";
    if (!(second & WS_MASKED)) return "the frame is not masked";
    if (opcode & WS_CONTROL) {
        if (!(first & WS_FIN)) return "a control frame is fragmented";
        return (second & WS_LENGTH) > LIMIT_WS_CONTROL_BYTES ? "a control frame is too long" : NULL;
    }
    if (opcode == WS_OPCODE_CONTINUATION) return reader->opcode ? NULL : "nothing to continue";
    return reader->opcode ? "a new message inside a fragmented one" : NULL;
}

/* What the extended length breaks: it is the shortest form, and has 63 bits (§5.2). */
static const char *ws_length_error(const struct ws_header *header)
{
    if (header->header_size == 2 + 2 + 4) return header->size < 126 ? "the length is not in its shortest form" : NULL;
    if (header->header_size != 2 + 8 + 4) return NULL;
    if (header->size >> 63) return "the length has 64 bits";
    return header->size <= 0xFFFF ? "the length is not in its shortest form" : NULL;
}

/* ---- Data frames --------------------------------------------------------------------------------------------- */

/* Begins a data frame; false when its message becomes too long. */
static bool ws_begin_frame(struct ws_reader *reader, const struct ws_header *header)
{
    if (header->opcode != WS_OPCODE_CONTINUATION) {
        reader->opcode = header->opcode;
        reader->is_compressed = (header->first & WS_RSV1) != 0;
        reader->is_started = false;
        reader->message_size = reader->inflated_size = 0;
        reader->utf8 = (struct utf8_state){ 0 };
    }
    if (header->size > reader->message_max - reader->message_size) return false;
    reader->message_size += header->size;
    reader->left = header->size;
    reader->in_frame = true;
    reader->is_final = (header->first & WS_FIN) != 0;
    memcpy(reader->mask, header->mask, 4);
    return true;
}

/* Checks a slice of text, fail-fast (§8.1); ASCII at a boundary needs no second look. */
static bool ws_is_text(struct ws_reader *reader, struct str slice, bool has_other, bool is_last)
{
    if (has_other || !utf8_complete(&reader->utf8))
        if (utf8_check(&reader->utf8, slice) < slice.size) return false;
    return !is_last || utf8_complete(&reader->utf8);
}

/* Reports the next slice of a message. */
static void ws_report(struct ws_reader *reader, struct ws_piece *piece, char *bytes, size_t size, bool is_last)
{
    *piece = (struct ws_piece){ .kind = reader->opcode == WS_OPCODE_TEXT ? WS_TEXT : WS_BINARY,
                                .first = !reader->is_started,
                                .last = is_last,
                                .payload = bytes,
                                .size = size };
    reader->is_started = !is_last;
    if (is_last) reader->opcode = 0;
}

/* Inflates into *slice. Returns the code to close with, 0 when all is good; *used is what is used up. What is wrong
 * first in the message counts, however much of it came at once. */
static uint16_t ws_inflate(struct ws_reader *reader, struct str bytes, bool is_end, size_t *used,
                           struct ws_inflated *slice)
{
    uint16_t code = ws_deflate_read(reader->deflate, bytes, is_end, used, slice);
    uint64_t room = reader->message_max - reader->inflated_size;
    bool is_too_big = slice->size > room, is_last = code == 0 && is_end && slice->is_done && !is_too_big;
    struct str text = { slice->at, is_too_big ? (size_t)room : slice->size };
    if (reader->opcode == WS_OPCODE_TEXT && !ws_is_text(reader, text, true, is_last)) return WS_CLOSE_DATA;
    reader->inflated_size += text.size;
    return is_too_big ? WS_CLOSE_TOO_BIG : code;
}

static const char *ws_inflate_error(uint16_t code)
{
    switch (code) {
    case WS_CLOSE_TOO_BIG: return "the inflated message is too long";
    case WS_CLOSE_INTERNAL: return "no memory to inflate the message";
    default: return "the message is no DEFLATE data, or its text is not UTF-8";
    }
}

/* The same for a compressed message. One call gives one slice, so what is offered may come again: `unmasked` of it. */
static size_t ws_read_compressed(struct ws_reader *reader, char *bytes, size_t size, struct ws_piece *piece)
{
    struct ws_inflated slice;
    size_t used;
    if (size > reader->unmasked) ws_unmask(bytes + reader->unmasked, size - reader->unmasked, reader->mask);
    bool is_end = size == reader->left && reader->is_final;
    uint16_t code = ws_inflate(reader, (struct str){ bytes, size }, is_end, &used, &slice);
    if (code != 0) {
        ws_fail(reader, piece, code, ws_inflate_error(code));
        return used;
    }
    reader->left -= used;
    reader->unmasked = size - used;
    if (reader->left == 0 && slice.is_done) reader->in_frame = false;
    bool is_last = is_end && slice.is_done;
    if (slice.size > 0 || is_last) ws_report(reader, piece, slice.at, slice.size, is_last);
    return used;
}

/* Takes what there is of the payload of the data frame in progress. */
static size_t ws_read_payload(struct ws_reader *reader, char *bytes, size_t size, struct ws_piece *piece)
{
    if (size > reader->left) size = (size_t)reader->left;
    if (reader->is_compressed) return ws_read_compressed(reader, bytes, size, piece);
    bool is_frame_end = size == reader->left, is_last = is_frame_end && reader->is_final;
    if (size == 0 && !is_last) {
        if (is_frame_end) reader->in_frame = false; /* an empty fragment says nothing */
        return 0;
    }
    bool has_other = ws_unmask(bytes, size, reader->mask);
    bool is_text = reader->opcode == WS_OPCODE_TEXT;
    if (is_text && !ws_is_text(reader, (struct str){ bytes, size }, has_other, is_last)) {
        ws_fail(reader, piece, WS_CLOSE_DATA, "the text is not UTF-8");
        return size;
    }
    reader->left -= size;
    reader->in_frame = !is_frame_end;
    ws_report(reader, piece, bytes, size, is_last);
    return size;
}

/* ---- Control frames (§5.5) ----------------------------------------------------------------------------------- */

/* §5.5.1: nothing, or a code and a reason in UTF-8. */
static void ws_read_close(struct ws_reader *reader, struct ws_piece *piece, char *payload, size_t size)
{
    reader->is_closed = true;
    *piece = (struct ws_piece){ .kind = WS_CLOSE, .code = WS_CLOSE_NO_CODE };
    if (size == 0) return;
    if (size == 1) {
        ws_fail(reader, piece, WS_CLOSE_PROTOCOL, "a close frame of one byte");
        return;
    }
    piece->code = (uint16_t)ws_big_endian((const uint8_t *)payload, 2);
    piece->payload = payload + 2;
    piece->size = size - 2;
    if (!ws_is_close_code(piece->code))
        ws_fail(reader, piece, WS_CLOSE_PROTOCOL, "a close code that may not be sent");
    else if (!utf8_valid((struct str){ piece->payload, piece->size }))
        ws_fail(reader, piece, WS_CLOSE_DATA, "the close reason is not UTF-8");
}

static size_t ws_read_control(struct ws_reader *reader, struct ws_header *header, char *bytes, size_t size,
                              struct ws_piece *piece)
{
    size_t payload_size = (size_t)header->size;
    if (size < header->header_size + payload_size) return 0;
    char *payload = bytes + header->header_size;
    ws_unmask(payload, payload_size, header->mask);
    if (header->opcode == WS_OPCODE_CLOSE)
        ws_read_close(reader, piece, payload, payload_size);
    else
        *piece = (struct ws_piece){ .kind = header->opcode == WS_OPCODE_PING ? WS_PING : WS_PONG,
                                    .payload = payload,
                                    .size = payload_size };
    return header->header_size + payload_size;
}

/* ---- The reader ---------------------------------------------------------------------------------------------- */

/* Reads from a frame's beginning. Returns what is used up. */
static size_t ws_read_frame(struct ws_reader *reader, char *bytes, size_t size, struct ws_piece *piece)
{
    struct ws_header header;
    bool is_whole = ws_read_header(&header, (const uint8_t *)bytes, size);
    if (size < 2) return 0;
    const char *error = ws_start_error(reader, (uint8_t)bytes[0], (uint8_t)bytes[1]);
    if (error == NULL && is_whole) error = ws_length_error(&header);
    if (error != NULL) {
        ws_fail(reader, piece, WS_CLOSE_PROTOCOL, error);
        return 0;
    }
    if (!is_whole) return 0;
    if (header.opcode & WS_CONTROL) return ws_read_control(reader, &header, bytes, size, piece);
    if (!ws_begin_frame(reader, &header)) {
        ws_fail(reader, piece, WS_CLOSE_TOO_BIG, "the message is too long");
        return 0;
    }
    size_t used = header.header_size;
    return used + ws_read_payload(reader, bytes + used, size - used, piece);
}

size_t ws_read(struct ws_reader *reader, char *bytes, size_t size, struct ws_piece *piece)
{
    *piece = (struct ws_piece){ .kind = WS_WANT_MORE };
    if (reader->is_closed) return size;
    size_t used = 0;
    while (piece->kind == WS_WANT_MORE && !reader->is_closed) {
        bool was_in_frame = reader->in_frame;
        size_t step = reader->in_frame ? ws_read_payload(reader, bytes + used, size - used, piece)
                                       : ws_read_frame(reader, bytes + used, size - used, piece);
        used += step;
        if (step == 0 && reader->in_frame == was_in_frame) break;
    }
    return used;
}
