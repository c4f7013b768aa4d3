# The facade: what a user of the engine sees is include/engine.h alone.
room(engine
    INCLUDE ${CMAKE_CURRENT_SOURCE_DIR}/include
    SOURCES import.c import_files.c
    ROOMS engine_index engine_spec engine_catalogue engine_file
    LIBRARIES yyjson Threads::Threads)
