/* format_grammar.h - whether a text is of a format: the grammars that JSON Schema 2020-12 (Validation §7.3) names, as
 * far as a wrong example shows by them. */
#ifndef ENGINE_FORMAT_GRAMMAR_H
#define ENGINE_FORMAT_GRAMMAR_H

#include "str.h"

#include <stdbool.h>

bool format_grammar_uuid(struct str text);     /* RFC 4122 */
bool format_grammar_email(struct str text);    /* RFC 5321 §4.1.2, without quoted parts */
bool format_grammar_hostname(struct str text); /* RFC 1123 §2.1 */
bool format_grammar_ipv4(struct str text);     /* RFC 2673 §3.2 */
bool format_grammar_ipv6(struct str text);     /* RFC 4291 §2.2 */
bool format_grammar_uri(struct str text);      /* RFC 3986 */
bool format_grammar_uri_reference(struct str text);
bool format_grammar_uri_template(struct str text); /* RFC 6570 */
bool format_grammar_json_pointer(struct str text); /* RFC 6901 */
bool format_grammar_base64(struct str text);       /* RFC 4648 §4 */

#endif
