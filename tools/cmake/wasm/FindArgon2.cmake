# The reference code of Argon2, which the npm package argon2 contains. Its hashes are those of libsodium.
set(argon2 "${PROJECT_SOURCE_DIR}/web/node_modules/argon2/argon2")
if(NOT EXISTS "${argon2}/src/argon2.c")
  message(FATAL_ERROR "${argon2}/src/argon2.c is missing: run npm ci in web")
endif()
if(NOT TARGET Argon2::Argon2)
  add_library(matside_argon2 STATIC "${argon2}/src/argon2.c" "${argon2}/src/core.c" "${argon2}/src/encoding.c"
                                    "${argon2}/src/ref.c" "${argon2}/src/blake2/blake2b.c")
  target_include_directories(matside_argon2 SYSTEM PUBLIC "${argon2}/include")
  target_compile_definitions(matside_argon2 PRIVATE ARGON2_NO_THREADS A2_VISCTL=1)
  add_library(Argon2::Argon2 ALIAS matside_argon2)
endif()
set(Argon2_FOUND TRUE)
