#include "sio.h"

#include <string.h>

sio_value sio_bool(bool value)
{
    return (sio_value){ .kind = SIO_BOOL, .boolean = value };
}

sio_value sio_number(double value)
{
    return (sio_value){ .kind = SIO_NUMBER, .number = value };
}

sio_value sio_text(const char *text)
{
    return (sio_value){ .kind = SIO_TEXT, .data = { text, strlen(text) } };
}

sio_value sio_json(const char *json, size_t size)
{
    return (sio_value){ .kind = SIO_JSON, .data = { json, size } };
}

sio_value sio_json_with_bytes(const char *json, size_t size, sio_args bytes)
{
    uint32_t count = bytes.count < UINT32_MAX ? (uint32_t)bytes.count : UINT32_MAX;
    return (sio_value){ .kind = SIO_JSON, .attachment_count = count, .data = { json, size }, .attachments = bytes.at };
}

sio_value sio_bytes(const void *bytes, size_t size)
{
    return (sio_value){ .kind = SIO_BYTES, .data = { bytes, size } };
}

const char *sio_version(void)
{
    return APIBLAZE_VERSION;
}

const char *sio_strerror(int error)
{
    switch (error) {
#define SIO_X(name, code, text)                                                                                        \
    case name: return text;
        SIO_ERRORS(SIO_X)
#undef SIO_X
    case SIO_OK: return "no error";
    default: return "unknown error";
    }
}
