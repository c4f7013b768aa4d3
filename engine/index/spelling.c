#include "spelling.h"

static bool spelling_check_nodes(const struct spelling *spelling)
{
    const struct format_spelling_node *nodes = spelling->nodes;
    bool fits = nodes[0].first_child == 1 && nodes[spelling->node_count].first_child == spelling->node_count;
    for (uint32_t node = 0; node < spelling->node_count; node++)
        fits &= nodes[node].first_child <= nodes[node + 1].first_child && nodes[node].first_child > node &&
                nodes[node].first_term <= spelling->term_count;
    return fits;
}

static bool spelling_check_terms(const struct spelling *spelling, const struct dictionary *dictionaries, uint32_t count)
{
    bool fits = true;
    for (uint32_t term = 0; term < spelling->term_count; term++) {
        uint32_t dictionary = spelling_dictionary(spelling, term);
        if (dictionary >= count) return false;
        fits &= spelling_entry(spelling, term) < dictionaries[dictionary].count;
    }
    return fits;
}

bool spelling_open(struct spelling *spelling, struct file *file, const struct dictionary *dictionaries, uint32_t count)
{
    struct str nodes = file_section(file, FORMAT_SPELLING_NODES), labels = file_section(file, FORMAT_SPELLING_LABELS);
    struct str terms = file_section(file, FORMAT_SPELLING_TERMS), tails = file_section(file, FORMAT_SPELLING_TAILS);
    *spelling = (struct spelling){ .nodes = (const void *)nodes.at,
                                   .labels = (const void *)labels.at,
                                   .terms = (const void *)terms.at,
                                   .tails = (const void *)tails.at,
                                   .node_count = (uint32_t)labels.size,
                                   .term_count = (uint32_t)(terms.size / sizeof(uint32_t)) };
    bool has_size = nodes.at && labels.at && terms.at && tails.at && labels.size > 0 && labels.size < UINT32_MAX &&
                    nodes.size == (labels.size + 1) * sizeof *spelling->nodes && terms.size == tails.size;
    if (has_size && spelling_check_nodes(spelling) && spelling_check_terms(spelling, dictionaries, count)) return true;
    file->why = "the spelling tree of the search index does not hold together";
    return false;
}
