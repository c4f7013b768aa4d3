#include "argument.h"

#include "limits.h"
#include "payload.h"

static bool argument_fail(const struct argument *argument, struct action_fault *fault, const char *name,
                          const char *wanted)
{
    action_fail(fault, ACTION_INVALID, arena_format(argument->arena, "\"%s\" must be %s.", name, wanted));
    return false;
}

static bool argument_none(struct action_fault *fault)
{
    action_fail(fault, ACTION_INVALID, STR("The argument must be a string, or an object with options."));
    return false;
}

static bool argument_read_object(struct argument *argument, yyjson_val *object, struct action_fault *fault)
{
    yyjson_val *sequence = yyjson_obj_get(object, "sequence");
    argument->object = object;
    if (sequence == NULL) return true;
    if (!yyjson_is_num(sequence)) return argument_fail(argument, fault, "sequence", "a number");
    argument->sequence = sequence;
    return true;
}

static bool argument_read_json(struct argument *argument, struct str text, struct action_fault *fault)
{
    yyjson_val *value = payload_read(argument->arena, text);
    if (yyjson_is_obj(value)) return argument_read_object(argument, value, fault);
    if (!yyjson_is_str(value)) return argument_none(fault);
    argument->text = payload_text(argument->arena, value);
    return true;
}

bool argument_read(struct argument *argument, sio_args args, struct arena *arena, struct action_fault *fault)
{
    *argument = (struct argument){ .arena = arena };
    if (args.count == 0) return argument_none(fault);
    const sio_value *first = &args.at[0];
    struct str text = { first->data.at, first->data.size };
    switch (first->kind) {
    case SIO_TEXT: argument->text = payload_clean(arena, text); return true;
    case SIO_JSON: return argument_read_json(argument, text, fault);
    case SIO_NULL:
    case SIO_BOOL:
    case SIO_NUMBER:
    case SIO_BYTES: break;
    }
    return argument_none(fault);
}

static bool argument_fits(const struct argument *argument, const char *name, size_t limit, struct str text,
                          struct action_fault *fault)
{
    if (text.size <= limit) return true;
    action_fail(fault, ACTION_INVALID,
                arena_format(argument->arena, "\"%s\" has %zu bytes; at most %zu are read.", name, text.size, limit));
    return false;
}

bool argument_main(const struct argument *argument, const char *name, size_t limit, struct str *text,
                   struct action_fault *fault)
{
    *text = argument->text;
    if (text->at != NULL) return argument_fits(argument, name, limit, *text, fault);
    if (!argument_text(argument, name, limit, text, fault)) return false;
    return text->at != NULL || argument_fail(argument, fault, name, "there, a string");
}

bool argument_text(const struct argument *argument, const char *name, size_t limit, struct str *text,
                   struct action_fault *fault)
{
    yyjson_val *value = yyjson_obj_get(argument->object, name);
    if (value == NULL) return true;
    if (!yyjson_is_str(value)) return argument_fail(argument, fault, name, "a string");
    *text = payload_text(argument->arena, value);
    return argument_fits(argument, name, limit, *text, fault);
}

bool argument_number(const struct argument *argument, const char *name, uint32_t least, uint32_t most, uint32_t *number,
                     struct action_fault *fault)
{
    yyjson_val *value = yyjson_obj_get(argument->object, name);
    if (value == NULL) return true;
    double wanted = yyjson_get_num(value);
    /* JavaScript writes 1e1 as 10 but may compute 10.0: what counts is that it is whole. */
    if (!yyjson_is_num(value) || wanted < least || wanted > most || wanted != (double)(uint32_t)wanted) {
        action_fail(fault, ACTION_INVALID,
                    arena_format(argument->arena, "\"%s\" must be a whole number from %u to %u.", name, least, most));
        return false;
    }
    *number = (uint32_t)wanted;
    return true;
}

bool argument_bool(const struct argument *argument, const char *name, bool *value, struct action_fault *fault)
{
    yyjson_val *member = yyjson_obj_get(argument->object, name);
    if (member == NULL) return true;
    if (!yyjson_is_bool(member)) return argument_fail(argument, fault, name, "true or false");
    *value = yyjson_get_bool(member);
    return true;
}

bool argument_tier(const struct argument *argument, enum engine_tier *tier, struct action_fault *fault)
{
    struct str name = { NULL, 0 };
    if (!argument_text(argument, "tier", LIMIT_QUERY_BYTES, &name, fault)) return false;
    if (name.at == NULL || engine_tier_read(name, tier)) return true;
    action_fail(fault, ACTION_INVALID, STR("\"tier\" must be one of useful, minimal and full."));
    return false;
}
