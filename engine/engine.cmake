# The facade: what a user of the engine sees is include/engine.h alone.
room(engine
    INCLUDE ${CMAKE_CURRENT_SOURCE_DIR}/include
    SOURCES apis.c details.c details_api.c details_cache.c details_endpoint.c details_example.c details_facts.c
        details_field.c details_locate.c details_object.c details_parameter.c details_places.c details_property.c
        details_tree.c details_uses.c engine.c hits.c import.c import_files.c
    ROOMS engine_search engine_index engine_example engine_spec engine_text engine_catalogue engine_file
    LIBRARIES pcre2 yyjson Threads::Threads)
