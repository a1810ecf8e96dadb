# liblzma's source, which the npm package lzma-native contains: the .xz format with the filter LZMA2.
set(archive "${PROJECT_SOURCE_DIR}/web/node_modules/lzma-native/deps/xz-5.2.3.tar.bz2")
set(xz "${PROJECT_BINARY_DIR}/xz-5.2.3/src")
if(NOT EXISTS "${xz}/liblzma/api/lzma.h")
  if(NOT EXISTS "${archive}")
    message(FATAL_ERROR "${archive} is missing: run npm ci in web")
  endif()
  file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${PROJECT_BINARY_DIR}" PATTERNS "xz-5.2.3/src/*")
endif()
if(NOT TARGET LibLZMA::LibLZMA)
  set(sources "")
  foreach(source
      check/check check/crc32_fast check/crc32_table check/crc64_fast check/crc64_table check/sha256
      common/block_buffer_encoder common/block_decoder common/block_encoder common/block_header_decoder
      common/block_header_encoder common/block_util common/common common/filter_common common/filter_decoder
      common/filter_encoder common/filter_flags_decoder common/filter_flags_encoder common/index common/index_encoder
      common/index_hash common/stream_buffer_encoder common/stream_decoder common/stream_flags_common
      common/stream_flags_decoder common/stream_flags_encoder common/vli_decoder common/vli_encoder common/vli_size
      lz/lz_decoder lz/lz_encoder lz/lz_encoder_mf lzma/fastpos_table lzma/lzma2_decoder lzma/lzma2_encoder
      lzma/lzma_decoder lzma/lzma_encoder lzma/lzma_encoder_optimum_fast lzma/lzma_encoder_optimum_normal
      lzma/lzma_encoder_presets rangecoder/price_table)
    list(APPEND sources "${xz}/liblzma/${source}.c")
  endforeach()
  add_library(matside_lzma STATIC ${sources})
  target_include_directories(matside_lzma SYSTEM PUBLIC "${xz}/liblzma/api"
    PRIVATE "${xz}/liblzma/common" "${xz}/liblzma/check" "${xz}/liblzma/lz" "${xz}/liblzma/lzma"
            "${xz}/liblzma/rangecoder" "${xz}/liblzma/delta" "${xz}/liblzma/simple" "${xz}/common")
  # What its configure script would write; without mythread.h, which needs signals.
  set(config "")
  foreach(each
      HAVE_INTTYPES_H HAVE_STDINT_H HAVE_LIMITS_H HAVE_STDBOOL_H HAVE__BOOL HAVE_STRING_H HAVE_CHECK_CRC32
      HAVE_CHECK_CRC64 HAVE_CHECK_SHA256 HAVE_ENCODER_LZMA1 HAVE_DECODER_LZMA1 HAVE_ENCODER_LZMA2 HAVE_DECODER_LZMA2
      HAVE_MF_HC3 HAVE_MF_HC4 HAVE_MF_BT2 HAVE_MF_BT3 HAVE_MF_BT4)
    string(APPEND config "#define ${each} 1\n")
  endforeach()
  file(CONFIGURE OUTPUT "${xz}/liblzma/config.h" CONTENT "${config}#define SIZEOF_SIZE_T 4\n#define HAVE_VISIBILITY 0\n#define MYTHREAD_H\n")
  target_include_directories(matside_lzma PRIVATE "${xz}/liblzma")
  target_compile_definitions(matside_lzma PRIVATE HAVE_CONFIG_H TUKLIB_SYMBOL_PREFIX=lzma_)
  target_compile_options(matside_lzma PRIVATE -O2 -w)
  add_library(LibLZMA::LibLZMA ALIAS matside_lzma)
endif()
set(LibLZMA_FOUND TRUE)
