/* page_head.h - the head of the page, filled in for one address: for readers that run no script. */
#ifndef PAGE_HEAD_H
#define PAGE_HEAD_H

#include "arena.h"
#include "str.h"

/* Plain text; what is empty stays as index.html has it. */
struct page_head {
    struct str title;
    struct str description; /* in one line */
    struct str canonical;   /* the address that all others of this page stand for, host and all */
};

/* `html` with these in their places: the title element, the meta element "description", the link "canonical". Borrows
 * from both, or is a copy in the arena; without memory it is `html` as it is. */
struct str page_head_write(struct arena *arena, struct str html, const struct page_head *head);

#endif
