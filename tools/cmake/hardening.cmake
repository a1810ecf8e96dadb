# What makes an error in memory stop the program instead of running somebody else's code. Checked on the built program by
# tests/hardening_test.py. Sanitizers find the same errors themselves, and their builds are never installed.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
include(CheckPIESupported)

check_pie_supported()
if(NOT MATSIDE_SANITIZE)
  foreach(flag stack-protector-strong stack-clash-protection cf-protection)
    string(MAKE_C_IDENTIFIER "MATSIDE_HAS_${flag}" known)
    check_cxx_compiler_flag("-f${flag}" ${known})
    if(${known})
      target_compile_options(matside_build_flags INTERFACE "-f${flag}")
    endif()
  endforeach()
  # Level 3 also checks sizes that are known only at run time.
  check_cxx_source_compiles("int main(int n, char**) {
                               return static_cast<int>(__builtin_dynamic_object_size(&n, 0)) - int(sizeof n);
                             }" MATSIDE_HAS_FORTIFY_3)
  set(fortify 2)
  if(MATSIDE_HAS_FORTIFY_3)
    set(fortify 3)
  endif()
  # It needs optimisation.
  target_compile_options(matside_build_flags INTERFACE
                         "$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=${fortify}>")
  # The standard library checks indices and empty containers. The rooms that work on each pixel go without: a check in
  # the innermost loop keeps it from being vectorised.
  target_compile_definitions(matside_build_flags INTERFACE
    "$<$<NOT:$<BOOL:$<TARGET_PROPERTY:MATSIDE_UNCHECKED_CONTAINERS>>>:_GLIBCXX_ASSERTIONS>")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With those checks, g++ reports false positives of std::optional.
    target_compile_options(matside_build_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
  target_link_options(matside_build_flags INTERFACE "LINKER:-z,relro,-z,now,-z,noexecstack")
endif()
