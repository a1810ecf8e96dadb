# Compiles to WebAssembly with Debian's clang-16 and wasi-libc (docs/adr/0030).
set(MATSIDE_WASM ON)
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER clang-16)
set(CMAKE_CXX_COMPILER clang++-16)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_AR llvm-ar-16)
set(CMAKE_RANLIB llvm-ranlib-16)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# Without -mnontrapping-fptoint, each conversion of a float to an integer checks its range first.
# A thrown exception would need an unwinder that wasi-libc lacks: errors are values (docs/adr/0005), and what remains,
# such as a lack of memory, ends the module.
set(wasm_flags "--sysroot=/ -isystem /usr/include/wasm32-wasi -msimd128 -mnontrapping-fptoint -fvisibility=hidden -ffunction-sections -fdata-sections")
set(CMAKE_C_FLAGS_INIT "${wasm_flags}")
set(CMAKE_CXX_FLAGS_INIT "--sysroot=/ -isystem /usr/lib/llvm-16/include/wasm32-wasi/c++/v1 -isystem /usr/include/wasm32-wasi -msimd128 -mnontrapping-fptoint -fvisibility=hidden -ffunction-sections -fdata-sections -fno-exceptions -fno-rtti -DJSON_NOEXCEPTION -DJSON_HAS_FILESYSTEM=0 -DFMT_HEADER_ONLY -DFMT_EXCEPTIONS=0 -DFMT_STATIC_THOUSANDS_SEPARATOR=44")
# Small before fast: a phone has to fetch it. The rooms that work on each pixel say otherwise (room.cmake).
set(CMAKE_C_FLAGS_RELEASE "-Oz -DNDEBUG" CACHE STRING "")
set(CMAKE_CXX_FLAGS_RELEASE "-Oz -DNDEBUG" CACHE STRING "")
# A mebibyte of stack, as the recursive reading of JSON needs.
set(CMAKE_EXE_LINKER_FLAGS_INIT "--sysroot=/ -L/usr/lib/wasm32-wasi -lc++ -lc++abi -Wl,-z,stack-size=1048576 -Wl,--gc-sections -Wl,--strip-all -Wl,-O2 -O0")
list(PREPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")
