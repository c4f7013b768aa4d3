# A room is a folder that is a static library. It sees its own headers, base, and the rooms it names,
# and nothing else: dependencies are PRIVATE, so an include that ARCHITECTURE.md does not allow does
# not compile.

set(APIBLAZE_WARNINGS
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
    -Wwrite-strings -Wundef)
# Errors where the code is worked on; a user's newer compiler must not stop the build with a warning of its own.
option(APIBLAZE_WARNINGS_ARE_ERRORS "Stop at warnings" ON)
if(APIBLAZE_WARNINGS_ARE_ERRORS)
    list(APPEND APIBLAZE_WARNINGS -Werror)
endif()

add_library(apiblaze_flags INTERFACE)
target_compile_definitions(apiblaze_flags INTERFACE _GNU_SOURCE APIBLAZE_VERSION="${PROJECT_VERSION}")
target_compile_options(apiblaze_flags INTERFACE ${APIBLAZE_WARNINGS} -fvisibility=hidden)

# room(NAME SOURCES a.c b.c [INCLUDE folder] [ROOMS x y] [LIBRARIES l m])
#   INCLUDE    the folder of its headers (default: its own)
#   ROOMS      the rooms whose headers it may include
#   LIBRARIES  libraries from outside that it uses
function(room name)
    cmake_parse_arguments(ROOM "" "INCLUDE" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
    add_library(${name} STATIC ${ROOM_SOURCES})
    if(NOT ROOM_INCLUDE)
        set(ROOM_INCLUDE ${CMAKE_CURRENT_SOURCE_DIR})
    endif()
    # For "quotes" only: base/limits.h must not stand in for the system's <limits.h>.
    target_compile_options(${name} PUBLIC "SHELL:-iquote ${ROOM_INCLUDE}" PRIVATE "SHELL:-iquote ${CMAKE_CURRENT_SOURCE_DIR}")
    target_link_libraries(${name} PRIVATE apiblaze_flags ${ROOM_ROOMS} ${ROOM_LIBRARIES})
    if(NOT name STREQUAL base)
        target_link_libraries(${name} PRIVATE base)
    endif()
endfunction()

# unit_test(NAME ROOMS x y [LIBRARIES l m] [THREADS]) builds test_NAME.c of this folder and registers it with
# ctest. THREADS: it starts threads, so `make test` runs it under ThreadSanitizer too.
function(unit_test name)
    cmake_parse_arguments(TEST "THREADS" "" "ROOMS;LIBRARIES" ${ARGN})
    add_executable(test_${name} test_${name}.c)
    target_link_libraries(test_${name} PRIVATE apiblaze_flags ${TEST_ROOMS} base ${TEST_LIBRARIES} cmocka)
    target_include_directories(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/unit)
    target_compile_definitions(test_${name} PRIVATE TEST_DATA="${CMAKE_SOURCE_DIR}/tests")
    add_test(NAME ${name} COMMAND test_${name})
    set(labels unit)
    if(TEST_THREADS)
        list(APPEND labels threads)
    endif()
    set_tests_properties(${name} PROPERTIES LABELS "${labels}" TIMEOUT 300 ENVIRONMENT CMOCKA_MESSAGE_OUTPUT=TAP)
endfunction()
