#include "plain_tags.h"
#include "terminal_block.h"

void terminal_style(struct terminal *terminal, enum terminal_style style, bool is_enter)
{
    buf_append_byte(&terminal->text, is_enter ? TERMINAL_ON(style) : TERMINAL_OFF(style));
}

static void terminal_code(struct terminal *terminal, struct str literal)
{
    const struct str quote = terminal->out.look.has_colour ? STR_EMPTY : STR("`");
    terminal_style(terminal, TERMINAL_CODE, true);
    buf_append_str(&terminal->text, quote);
    terminal_append(&terminal->text, literal);
    buf_append_str(&terminal->text, quote);
    terminal_style(terminal, TERMINAL_CODE, false);
}

/* The address behind the words, where these are not the address. */
static void terminal_link(struct terminal *terminal, cmark_node *node)
{
    struct str url = str_from(cmark_node_get_url(node));
    struct str words = buf_str(&terminal->text);
    struct str bare = str_starts(url, STR("mailto:")) ? str_cut(url, 7, url.size) : url;
    bool is_same =
        bare.size && str_find(str_cut(words, words.size > 2 * bare.size ? words.size - 2 * bare.size : 0, words.size),
                              bare) != STR_NONE;
    if (url.size == 0 || url.at[0] == '#' || is_same) return;
    buf_append_str(&terminal->text, STR(" ("));
    terminal_style(terminal, TERMINAL_QUIET, true);
    for (size_t i = 0; i < url.size; i++)
        terminal_append(&terminal->text, url.at[i] == ' ' ? STR("%20") : str_cut(url, i, i + 1));
    terminal_style(terminal, TERMINAL_QUIET, false);
    buf_append_byte(&terminal->text, ')');
}

/* Of HTML inside of a line the breaks. */
static void terminal_tag(struct terminal *terminal, struct str tag)
{
    struct str name;
    if (plain_tags_tag(tag, &name) && str_equal_nocase(name, STR("br")))
        buf_append_byte(&terminal->text, TERMINAL_BREAK);
}

static void terminal_leaf(struct terminal *terminal, cmark_node *node)
{
    struct str literal = str_from(cmark_node_get_literal(node));
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: terminal_append(&terminal->text, literal); break;
    case CMARK_NODE_CODE: terminal_code(terminal, literal); break;
    case CMARK_NODE_SOFTBREAK: buf_append_byte(&terminal->text, ' '); break;
    case CMARK_NODE_LINEBREAK: buf_append_byte(&terminal->text, TERMINAL_BREAK); break;
    case CMARK_NODE_HTML_INLINE: terminal_tag(terminal, literal); break;
    default: break;
    }
}

void terminal_inline(struct terminal *terminal, cmark_node *node, bool is_enter)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_STRONG: terminal_style(terminal, TERMINAL_BOLD, is_enter); return;
    case CMARK_NODE_EMPH: terminal_style(terminal, TERMINAL_ITALIC, is_enter); return;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        if (!is_enter) terminal_link(terminal, node);
        return;
    default: break;
    }
    if (str_equal(str_from(cmark_node_get_type_string(node)), STR("strikethrough")))
        terminal_style(terminal, TERMINAL_STRUCK, is_enter);
    else if (is_enter)
        terminal_leaf(terminal, node);
}
