/* unit.h - what every unit test includes: cmocka with the headers it wants before itself. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "str.h"

#define assert_str(text, literal)                                                                                      \
    do {                                                                                                               \
        struct str assert_str_text = (text);                                                                           \
        assert_int_equal(assert_str_text.size, sizeof(literal) - 1);                                                   \
        assert_memory_equal(assert_str_text.at, literal, sizeof(literal) - 1);                                         \
    } while (0)

#endif
