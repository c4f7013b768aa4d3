/* sample_xml.h - a sample as XML, named and nested as the `xml` of its schemas says (OpenAPI 3.1 §4.8.26, 3.0 §4.7.25).
 */
#ifndef ENGINE_SAMPLE_XML_H
#define ENGINE_SAMPLE_XML_H

#include "sample_write.h"

/* Appends an XML 1.0 document, indented by two spaces a level. A string that is XML already is appended as it is. */
void sample_xml_write(struct buf *text, const struct sample_node *node, const struct sample_source *source,
                      struct sample_focus *focus);

#endif
