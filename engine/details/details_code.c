#include "details_maker.h"

#include "details.h"
#include "limits.h"
#include "utf8.h"

static bool code_find_operation(const struct details_maker *maker, struct operation *operation)
{
    const struct format_element *endpoint = maker->record;
    if (endpoint->kind == ENGINE_PARAMETER) endpoint = &maker->catalogue->elements[endpoint->parent];
    struct str path = details_string(maker, endpoint->name);
    return operation_find(operation, maker->document, (enum catalogue_method)endpoint->detail, path);
}

/* A request whose body has not what is asked for is none. */
static int code_fail(const struct details_maker *maker, struct str at, struct engine_fault *fault)
{
    struct str shown = utf8_cut(at, LIMIT_SUMMARY_BYTES);
    if (maker->arena->failed) return ENGINE_ENOMEM;
    snprintf(fault->text, sizeof fault->text, "There is no property %.*s in the request's body.", STR_FORMAT(shown));
    return ENGINE_EINVAL;
}

/* The same as the request's own, for those outside of the engine. */
static void code_tell_variables(const struct request *request, struct arena *arena, struct engine_example *example)
{
    static const enum engine_variable_kind kinds[] = {
        [REQUEST_PLACEHOLDER] = ENGINE_PLACEHOLDER,
        [REQUEST_FILE_NAME] = ENGINE_FILE_NAME,
        [REQUEST_SECRET] = ENGINE_SECRET,
    };
    size_t count = 0;
    for (const struct request_variable *at = request->variables; at; at = at->next) count++;
    struct engine_variable *variables = arena_calloc(arena, count, sizeof *variables);
    if (variables == NULL) return;
    for (const struct request_variable *at = request->variables; at; at = at->next)
        variables[example->variable_count++] =
            (struct engine_variable){ .name = at->name, .key = at->key, .value = at->value, .kind = kinds[at->kind] };
    example->variables = variables;
}

static int code_write(struct details_maker *maker, const struct request_wish *wish,
                      const struct snippet_language *language, struct engine_example *example,
                      struct engine_fault *fault)
{
    struct request request;
    struct operation operation;
    struct sample_focus focus;
    if (!code_find_operation(maker, &operation)) return ENGINE_ECORRUPT;
    request_make(&operation, wish, maker->arena, &request);
    if (maker->arena->failed || request.lacks_at) return code_fail(maker, wish->at, fault);
    snippet_write(language, &request, &maker->text, &focus);
    bool is_full = maker->text.error == BUF_FULL;
    *example = (struct engine_example){ .label = str_from(language->label),
                                        .language = str_from(language->highlight),
                                        .focus = { (uint32_t)focus.start, (uint32_t)focus.end },
                                        .body = request.body == REQUEST_TEXT ? request.body_text : STR_EMPTY };
    example->code = details_take_text(maker);
    code_tell_variables(&request, maker->arena, example);
    if (is_full) snprintf(fault->text, sizeof fault->text, "This request is too long to be shown as code.");
    return is_full ? ENGINE_EINVAL : ENGINE_OK;
}

static int code_call(struct details_maker *maker, const struct request_wish *wish, struct details_call *call)
{
    struct request request;
    struct operation operation;
    if (!code_find_operation(maker, &operation)) return ENGINE_ECORRUPT;
    request_make(&operation, wish, maker->arena, &request);
    if (maker->arena->failed) return ENGINE_ENOMEM;
    call->method = request.method;
    call->result = request_call(&operation, &request, wish, maker->arena, &call->call);
    return maker->arena->failed ? ENGINE_ENOMEM : ENGINE_OK;
}

int details_code(const struct details_source *source, uint32_t element, const struct snippet_language *language,
                 const struct request_wish *asked, struct arena *arena, struct engine_example *example,
                 struct details_call *call, struct engine_fault *fault)
{
    struct details_maker maker;
    struct request_wish wish = *asked;
    details_begin(&maker, source, element, arena);
    int error = details_read(&maker, source);
    if (error) return error;
    if (maker.record->kind == ENGINE_PARAMETER) {
        wish.focus = details_string(&maker, maker.record->name);
        wish.focus_in = (enum catalogue_in)maker.record->detail;
    }
    wish.common = details_common(&maker);
    error = call ? code_call(&maker, &wish, call) : code_write(&maker, &wish, language, example, fault);
    int ended = details_end(&maker, source);
    return ended ? ended : error;
}
