#include "sample_write.h"

#include "sample_fields.h"
#include "sample_xml.h"

#define SAMPLE_X(format, name, label, language) { STR_INIT(name), label, language },
static const struct {
    struct str name;
    const char *label, *language;
} sample_formats[] = { SAMPLE_FORMATS(SAMPLE_X) };
#undef SAMPLE_X

bool sample_format_read(struct str name, enum sample_format *format)
{
    for (int i = 0; i < SAMPLE_FORMAT_COUNT; i++) {
        if (!str_equal_nocase(name, sample_formats[i].name)) continue;
        *format = (enum sample_format)i;
        return true;
    }
    return false;
}

const char *sample_format_label(enum sample_format format)
{
    return sample_formats[format].label;
}

const char *sample_format_language(enum sample_format format)
{
    return sample_formats[format].language;
}

static bool write_has_suffix(struct str essence, const char *word)
{
    struct str ending = str_from(word);
    size_t start = essence.size > ending.size ? essence.size - ending.size : 0;
    return str_equal_nocase(str_cut(essence, start, essence.size), ending);
}

bool sample_format_of(struct str media_type, enum sample_format *format)
{
    static const struct {
        const char *ending;
        enum sample_format format;
    } endings[] = { { "/json", SAMPLE_JSON },
                    { "+json", SAMPLE_JSON },
                    { "/xml", SAMPLE_XML },
                    { "+xml", SAMPLE_XML },
                    { "/yaml", SAMPLE_YAML },
                    { "+yaml", SAMPLE_YAML },
                    { "/x-yaml", SAMPLE_YAML },
                    { "/x-www-form-urlencoded", SAMPLE_FORM },
                    { "/form-data", SAMPLE_MULTIPART } };
    struct str essence = str_trim(str_cut(media_type, 0, str_find_byte(media_type, ';')));
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (!write_has_suffix(essence, endings[i].ending)) continue;
        *format = endings[i].format;
        return true;
    }
    return false;
}

void sample_write(struct buf *text, enum sample_format format, const struct sample_node *node,
                  const struct sample_source *source, struct arena *arena, struct sample_focus *focus)
{
    switch (format) {
    case SAMPLE_YAML: sample_yaml_write(text, node, focus); break;
    case SAMPLE_FORM: sample_form_write(text, node, source, arena, focus); break;
    case SAMPLE_MULTIPART: sample_multipart_write(text, node, source, arena, focus); break;
    case SAMPLE_XML: sample_xml_write(text, node, source, focus); break;
    default: sample_json_write(text, node, focus);
    }
}
