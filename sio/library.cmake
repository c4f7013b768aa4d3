# The library as others get it: libsio.so, libsio.a, sio.pc. Both hold the rooms below and what these take from base.
#
# Everything is compiled with -fvisibility=hidden; what the public headers declare is the exception. So the shared
# library exports sio_* alone, and in the static one the hidden names are made local, where they cannot meet a program's
# own `buf_append`.

include(GNUInstallDirs)

set(sio_rooms sio_admin sio_server sio_http sio_net sio_wire base)
foreach(name IN LISTS sio_rooms)
    list(APPEND sio_objects $<TARGET_OBJECTS:${name}>)
    get_target_property(linked ${name} LINK_LIBRARIES)
    list(APPEND sio_linked ${linked})
endforeach()

# What the rooms use from outside, for the linker and for sio.pc.
list(REMOVE_DUPLICATES sio_linked)
foreach(library IN LISTS sio_linked)
    set(module "")
    set(name "")
    if(TARGET ${library})
        get_target_property(module ${library} OUTSIDE_MODULE)
        get_target_property(name ${library} OUTSIDE_LIBRARY)
    elseif(library STREQUAL m)
        set(name m)
    endif()
    if(module)
        list(APPEND sio_modules ${module})
    elseif(name)
        list(APPEND sio_libraries -l${name})
    elseif(NOT library STREQUAL Threads::Threads)
        continue() # a room, or flags
    endif()
    list(APPEND sio_outside ${library})
endforeach()

add_library(libsio_shared SHARED ${sio_objects})
target_link_libraries(libsio_shared PRIVATE ${sio_outside} Threads::Threads)
# Before 1.0 a minor version may change calls, so programs ask for the very one they were built with.
set_target_properties(libsio_shared PROPERTIES OUTPUT_NAME sio LINKER_LANGUAGE C VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})

set(sio_archive ${CMAKE_CURRENT_BINARY_DIR}/libsio.a)
add_custom_command(
    OUTPUT ${sio_archive}
    COMMAND ${CMAKE_LINKER} -r -o sio.o ${sio_objects}
    COMMAND ${CMAKE_OBJCOPY} --localize-hidden sio.o
    COMMAND ${CMAKE_COMMAND} -E rm -f ${sio_archive}
    COMMAND ${CMAKE_AR} rcs ${sio_archive} sio.o
    DEPENDS ${sio_rooms} ${sio_objects}
    COMMAND_EXPAND_LISTS VERBATIM
    COMMENT "Joining the rooms of sio in libsio.a")
add_custom_target(libsio_static ALL DEPENDS ${sio_archive})

# The folder may be moved: sio.pc finds the rest from where it lies itself.
file(RELATIVE_PATH SIO_PC_TO_PREFIX /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" SIO_PC_TO_PREFIX ${SIO_PC_TO_PREFIX})
list(JOIN sio_libraries " " SIO_PC_LIBRARIES)
string(APPEND SIO_PC_LIBRARIES " -pthread")
list(JOIN sio_modules " " SIO_PC_MODULES)
configure_file(sio.pc.in sio.pc @ONLY)

file(GLOB sio_headers CONFIGURE_DEPENDS include/*.h)
install(TARGETS libsio_shared LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES ${sio_archive} DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES ${sio_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sio.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES man/sio.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3)
