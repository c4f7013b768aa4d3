# The libraries from outside. setup/packages.sh installs them; a missing one stops the configuration
# with its name and the command that gets it.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# outside_library(TARGET pkg-config-name)
function(outside_library target module)
    pkg_check_modules(${target}_module QUIET IMPORTED_TARGET ${module})
    if(NOT ${target}_module_FOUND)
        message(FATAL_ERROR "The library ${module} is missing. Run 'make setup' to install what ApiBlaze needs.")
    endif()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE PkgConfig::${target}_module)
    set_target_properties(${target} PROPERTIES OUTSIDE_MODULE ${module}) # what sio.pc says about it
endfunction()

# outside_header_library(TARGET header library): for packages without a pkg-config file.
function(outside_header_library target header library)
    find_path(${target}_header ${header})
    find_library(${target}_library ${library})
    if(NOT ${target}_header OR NOT ${target}_library)
        message(FATAL_ERROR "The library ${library} (${header}) is missing. Run 'make setup' to install what ApiBlaze needs.")
    endif()
    add_library(${target} INTERFACE)
    target_include_directories(${target} SYSTEM INTERFACE ${${target}_header})
    target_link_libraries(${target} INTERFACE ${${target}_library})
    set_target_properties(${target} PROPERTIES OUTSIDE_LIBRARY ${library})
endfunction()

outside_library(yyjson yyjson)
outside_library(zstd libzstd)
outside_library(zlib zlib)
outside_library(brotli_encoder libbrotlienc)
outside_library(brotli_decoder libbrotlidec)
outside_library(crypto libcrypto)
outside_library(ssl libssl)
outside_library(xcrypt libxcrypt)
outside_library(pcre2 libpcre2-8)
outside_library(cmocka cmocka)
outside_library(xxhash libxxhash)
outside_library(cmark_gfm libcmark-gfm)
outside_header_library(llhttp llhttp.h llhttp)
outside_header_library(cmark_gfm_extensions cmark-gfm-core-extensions.h cmark-gfm-extensions)
