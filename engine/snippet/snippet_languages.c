#include "snippet_writer.h"

const struct snippet_language snippet_languages[] = {
    { "curl", "curl", "bash", snippet_curl, true },
    { "httpie", "HTTPie", "bash", snippet_httpie, true },
    { "powershell", "PowerShell", "powershell", snippet_powershell, true },
    { "javascript", "JavaScript fetch", "js", snippet_fetch, false },
    { "node", "Node.js", "js", snippet_node, false },
    { "python", "Python requests", "py", snippet_python, true },
    { "go", "Go", "go", snippet_go, false },
    { "java", "Java", "java", snippet_java, false },
    { "csharp", "C#", "csharp", snippet_csharp, true },
    { "php", "PHP", "php", snippet_php, true },
    { "ruby", "Ruby", "ruby", snippet_ruby, false },
    { "rust", "Rust reqwest", "rs", snippet_rust, false },
    { "swift", "Swift", "swift", snippet_swift, false },
    { "kotlin", "Kotlin OkHttp", "kotlin", snippet_kotlin, false },
    { "c", "C libcurl", "c", snippet_c, true },
    { "http", "HTTP", "http", snippet_http, false },
};
const size_t snippet_language_count = sizeof snippet_languages / sizeof *snippet_languages;

const struct snippet_language *snippet_language_find(struct str name)
{
    for (size_t i = 0; i < snippet_language_count; i++) {
        if (str_equal_nocase(name, str_from(snippet_languages[i].name))) return &snippet_languages[i];
    }
    return NULL;
}

void snippet_write(const struct snippet_language *language, const struct request *request, struct buf *code,
                   struct sample_focus *focus)
{
    struct snippet snippet = { .code = code, .request = request };
    language->write(&snippet);
    *focus = snippet.focus;
}
