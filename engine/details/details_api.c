#include "details_endpoint.h"

static void api_about(struct details_maker *maker, yyjson_val *info)
{
    yyjson_val *contact = yyjson_obj_get(info, "contact"), *license = yyjson_obj_get(info, "license");
    struct str identifier = document_str(yyjson_obj_get(license, "identifier"));
    struct engine_about *about = &maker->details->about;
    about->terms = document_str(yyjson_obj_get(info, "termsOfService"));
    about->contact = document_str(yyjson_obj_get(contact, "name"));
    about->contact_url = document_str(yyjson_obj_get(contact, "url"));
    about->contact_email = document_str(yyjson_obj_get(contact, "email"));
    about->license = document_str(yyjson_obj_get(license, "name"));
    if (about->license.size == 0) about->license = identifier;
    about->license_url = document_str(yyjson_obj_get(license, "url"));
}

void details_make_api(struct details_maker *maker)
{
    struct engine_details *details = maker->details;
    const struct document *document = maker->document;
    yyjson_val *info = document_get(document, document->root, STR("info"));
    const struct format_api *api = &maker->catalogue->apis[maker->api];
    struct str text = document_str(yyjson_obj_get(info, "description"));
    details_describe(maker, text, &details->self.description, &details->self.html);
    details->self.docs = details_docs(document->root);
    details->summary = document_str(yyjson_obj_get(info, "summary"));
    for (int kind = 0; kind < ENGINE_KINDS; kind++) details->elements[kind] = api->counts[kind];
    api_about(maker, info);
    details_servers(maker, NULL);
    details_security(maker, document_get(document, document->root, STR("security")), true);
    details_api_tags(maker);
    if (details_wants(maker, ENGINE_WITHOUT_PLACES)) details_places_weighty(maker);
}
