#include "static_type.h"

/* What a web page is made of, after the IANA registry; text is UTF-8. */
static const struct {
    struct str ending;
    const char *type;
} static_types[] = {
    { STR_INIT("html"), "text/html; charset=utf-8" },
    { STR_INIT("htm"), "text/html; charset=utf-8" },
    { STR_INIT("css"), "text/css; charset=utf-8" },
    { STR_INIT("js"), "text/javascript; charset=utf-8" },
    { STR_INIT("mjs"), "text/javascript; charset=utf-8" },
    { STR_INIT("json"), "application/json" },
    { STR_INIT("map"), "application/json" },
    { STR_INIT("webmanifest"), "application/manifest+json" },
    { STR_INIT("txt"), "text/plain; charset=utf-8" },
    { STR_INIT("md"), "text/markdown; charset=utf-8" },
    { STR_INIT("csv"), "text/csv; charset=utf-8" },
    { STR_INIT("xml"), "application/xml" },
    { STR_INIT("yaml"), "application/yaml" },
    { STR_INIT("yml"), "application/yaml" },
    { STR_INIT("svg"), "image/svg+xml" },
    { STR_INIT("png"), "image/png" },
    { STR_INIT("jpg"), "image/jpeg" },
    { STR_INIT("jpeg"), "image/jpeg" },
    { STR_INIT("gif"), "image/gif" },
    { STR_INIT("webp"), "image/webp" },
    { STR_INIT("avif"), "image/avif" },
    { STR_INIT("ico"), "image/vnd.microsoft.icon" },
    { STR_INIT("woff"), "font/woff" },
    { STR_INIT("woff2"), "font/woff2" },
    { STR_INIT("ttf"), "font/ttf" },
    { STR_INIT("otf"), "font/otf" },
    { STR_INIT("wasm"), "application/wasm" },
    { STR_INIT("pdf"), "application/pdf" },
    { STR_INIT("zip"), "application/zip" },
    { STR_INIT("mp3"), "audio/mpeg" },
    { STR_INIT("ogg"), "audio/ogg" },
    { STR_INIT("mp4"), "video/mp4" },
    { STR_INIT("webm"), "video/webm" },
};

const char *static_type(struct str path)
{
    size_t dot = str_find_last_byte(path, '.');
    struct str ending = dot == STR_NONE ? STR_EMPTY : str_cut(path, dot + 1, path.size);
    for (size_t i = 0; i < sizeof static_types / sizeof *static_types; i++)
        if (str_equal_nocase(ending, static_types[i].ending)) return static_types[i].type;
    return "application/octet-stream";
}
