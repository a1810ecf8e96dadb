# The library's headers alone, out of the folder of the computer's own.
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/include")
file(CREATE_LINK /usr/include/fmt "${PROJECT_BINARY_DIR}/include/fmt" SYMBOLIC)
if(NOT TARGET fmt::fmt)
  add_library(fmt::fmt INTERFACE IMPORTED GLOBAL)
  set_target_properties(fmt::fmt PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${PROJECT_BINARY_DIR}/include")
endif()
set(fmt_FOUND TRUE)
