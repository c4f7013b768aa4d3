# The facade: what a user of the engine sees is include/engine.h alone.
room(engine
    INCLUDE ${CMAKE_CURRENT_SOURCE_DIR}/include
    SOURCES apis.c engine.c hits.c import.c import_files.c
    ROOMS engine_search engine_index engine_spec engine_text engine_catalogue engine_file
    LIBRARIES pcre2 yyjson Threads::Threads)
