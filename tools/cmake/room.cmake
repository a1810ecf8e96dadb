# A room is a directory, a namespace and a target: core/pose is matside::pose and matside_pose.
# The same rooms are compiled to WebAssembly (preset wasm, docs/adr/0030); tests and what reads files are native.

if(NOT MATSIDE_WASM AND NOT MATSIDE_WHEEL)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()

add_library(matside_build_flags INTERFACE)
target_include_directories(matside_build_flags INTERFACE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}"
                                                         "${PROJECT_BINARY_DIR}/generated")
target_compile_options(matside_build_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                                     -Wno-sign-conversion)
if(MATSIDE_WERROR)
  target_compile_options(matside_build_flags INTERFACE -Werror)
endif()
# The same arithmetic in every build and on every machine.
target_compile_options(matside_build_flags INTERFACE -ffp-contract=off)
if(MATSIDE_SANITIZE)
  target_compile_options(matside_build_flags INTERFACE -fsanitize=${MATSIDE_SANITIZE}
                                                       -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(matside_build_flags INTERFACE -fsanitize=${MATSIDE_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With the sanitizers' instrumentation, g++ reports false positives.
    target_compile_options(matside_build_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
if(NOT MATSIDE_WASM)
  include("${CMAKE_CURRENT_LIST_DIR}/hardening.cmake")
endif()

# What processes no frames needs no more optimisation than this: with sanitizers clang takes two thirds of its time to
# optimise what it instrumented (docs/adr/0025).
if(MATSIDE_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  set(little_optimised -O0)
else()
  set(little_optimised $<$<CONFIG:Release>:-O1>)
endif()
# lld links a program with sanitizers in a fraction of the time.
if(MATSIDE_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  find_program(MATSIDE_LLD NAMES ld.lld-16 ld.lld)
  if(MATSIDE_LLD)
    target_link_options(matside_build_flags INTERFACE "--ld-path=${MATSIDE_LLD}")
  endif()
endif()

option(MATSIDE_UNITY "Compile each room as one file: half the time of a fresh build, slower rebuilds" OFF)

# matside_room(NAME SOURCES a.cpp ... [DEPENDS target ...] [PRIVATE_DEPENDS target ...]
#              [NATIVE_SOURCES a.cpp ...] [NATIVE_DEPENDS target ...] [WASM_SOURCES a.cpp ...] [WASM_DEPENDS target ...]):
# what is native is left out in WebAssembly, and the other way round.
# With MATSIDE_UNITY a room of the product is compiled as one file, so that its headers are read once (docs/adr/0025).
# Names that are local to a file must therefore differ within a room.
function(matside_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS;NATIVE_SOURCES;NATIVE_DEPENDS;WASM_SOURCES;WASM_DEPENDS" ${ARGN})
  set(build NATIVE)
  if(MATSIDE_WASM)
    set(build WASM)
  endif()
  list(APPEND ROOM_SOURCES ${ROOM_${build}_SOURCES})
  list(APPEND ROOM_PRIVATE_DEPENDS ${ROOM_${build}_DEPENDS})
  if(ROOM_SOURCES)
    add_library(matside_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(matside_${name} PUBLIC matside_build_flags ${ROOM_DEPENDS}
                                          PRIVATE ${ROOM_PRIVATE_DEPENDS})
    if(name MATCHES "^(image|blazepose|annotation)$")
      set_target_properties(matside_${name} PROPERTIES MATSIDE_UNCHECKED_CONTAINERS ON)
      if(MATSIDE_WASM)
        target_compile_options(matside_${name} PRIVATE -O3)
      endif()
    endif()
    # The rooms whose tests and fuzzers run long with sanitizers aren't among these. Nor are those that read the exercise,
    # which most tests begin with.
    if(MATSIDE_SANITIZE AND name MATCHES "^(batch|coaching|practice|protocol|recording|records|report|pictures|server)$")
      target_compile_options(matside_${name} PRIVATE ${little_optimised})
    endif()
    # A fuzzer is told where it has been in the rooms that it reaches. That takes clang a quarter of its time, so the
    # others, and the tests, go without.
    if(MATSIDE_FUZZ AND NOT name MATCHES "^(accuracy|agreement|annotation|cli|network_model_builder|pictures|pose_parity|report|support)$")
      target_compile_options(matside_${name} PRIVATE -fsanitize=fuzzer-no-link)
    endif()
    if(MATSIDE_UNITY AND CMAKE_CURRENT_SOURCE_DIR MATCHES "^${PROJECT_SOURCE_DIR}/(src|tools)/")
      set_target_properties(matside_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
    endif()
  else()
    add_library(matside_${name} INTERFACE)
    target_link_libraries(matside_${name} INTERFACE matside_build_flags ${ROOM_DEPENDS})
  endif()
endfunction()

if(MATSIDE_WASM OR MATSIDE_WHEEL)
  function(matside_test)
  endfunction()
  return()
endif()

# GoogleTest's headers take a third of the time to compile a test, so they are precompiled once for all tests.
file(WRITE "${PROJECT_BINARY_DIR}/generated/test_headers.cpp" "int main() { return 0; }\n")
add_executable(matside_test_headers EXCLUDE_FROM_ALL "${PROJECT_BINARY_DIR}/generated/test_headers.cpp")
target_link_libraries(matside_test_headers PRIVATE matside_build_flags GTest::gtest GTest::gmock)
target_compile_options(matside_test_headers PRIVATE ${little_optimised})
target_precompile_headers(matside_test_headers PRIVATE <gmock/gmock.h> <gtest/gtest.h> <algorithm> <optional> <string>
                                                       <vector>)

# clang warns where a name of one file shadows one of another, if they are compiled together.
add_library(matside_unity_flags INTERFACE)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(matside_unity_flags INTERFACE -Wno-shadow)
endif()

# matside_test(NAME [RELEASE] SOURCES a_test.cpp ... [APART b_test.cpp ...] [DEPENDS target ...]
#              [ENVIRONMENT name=value ...]):
# one executable, one ctest entry a test. RELEASE: a test of the whole program, or of many practices, which sanitizers
# would slow down without seeing new code; it isn't built with them. The other tests are, and not always in the release
# build (MATSIDE_UNIT_TESTS). With MATSIDE_UNITY up to eight sources are compiled as one file, without those
# that are kept apart because their local names are those of others.
# Tests find the repository's data through MATSIDE_SOURCE_DIR; they never look elsewhere.
function(matside_test name)
  cmake_parse_arguments(T "RELEASE" "" "SOURCES;APART;DEPENDS;ENVIRONMENT" ${ARGN})
  if((T_RELEASE AND MATSIDE_SANITIZE) OR (NOT T_RELEASE AND NOT MATSIDE_UNIT_TESTS))
    return()
  endif()
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE matside_build_flags ${T_DEPENDS} GTest::gtest GTest::gmock
                                        GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE MATSIDE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                             MATSIDE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  if(MATSIDE_SANITIZE)
    # Which compiler's macros say so differs.
    target_compile_definitions(${name} PRIVATE MATSIDE_SANITIZED)
  endif()
  # The tested code is fully optimised; the tests themselves compile faster.
  target_compile_options(${name} PRIVATE ${little_optimised})
  target_precompile_headers(${name} REUSE_FROM matside_test_headers)
  if(MATSIDE_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    target_link_libraries(${name} PRIVATE matside_unity_flags)
    set_source_files_properties(${T_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
                       PROPERTIES TIMEOUT 600 ENVIRONMENT "${T_ENVIRONMENT}")
endfunction()
