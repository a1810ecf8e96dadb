// The files of the page's origin, as web/src/storage provides them to the module. Each call is
// synchronous. Names begin with a slash; there are no folders.
#pragma once

#include <cstdint>

#define MATSIDE_FROM_PAGE(name) \
  __attribute__((import_module("matside_files"), import_name(#name))) page_file_##name

extern "C" {

/// What web/src/storage/files.ts calls FileStatus.
enum class PageFileStatus : std::int32_t { ok = 0, full = 1, failed = 2, absent = 3 };

/// @returns a handle; below 0: there is no such file, or no room for another one
std::int32_t MATSIDE_FROM_PAGE(open)(const char* name, std::uint32_t length,
                                     std::int32_t create);
void MATSIDE_FROM_PAGE(close)(std::int32_t handle);
/// @returns how many bytes were read, fewer at the end of the file; below 0: it failed
std::int32_t MATSIDE_FROM_PAGE(read)(std::int32_t handle, void* to, std::uint32_t count,
                                     double offset);
PageFileStatus MATSIDE_FROM_PAGE(write)(std::int32_t handle, const void* from,
                                        std::uint32_t count, double offset);
PageFileStatus MATSIDE_FROM_PAGE(truncate)(std::int32_t handle, double size);
double MATSIDE_FROM_PAGE(size)(std::int32_t handle);
PageFileStatus MATSIDE_FROM_PAGE(sync)(std::int32_t handle);
PageFileStatus MATSIDE_FROM_PAGE(remove)(const char* name, std::uint32_t length);
/// Replaces a file of the new name; after a crash, one of both names is there, complete.
PageFileStatus MATSIDE_FROM_PAGE(rename)(const char* from, std::uint32_t from_length,
                                         const char* to, std::uint32_t to_length);
std::int32_t MATSIDE_FROM_PAGE(exists)(const char* name, std::uint32_t length);
/// Writes all names, each with a line feed after it, where they fit.
/// @returns the size of them all
std::uint32_t MATSIDE_FROM_PAGE(list)(char* to, std::uint32_t capacity);

}  // extern "C"

#undef MATSIDE_FROM_PAGE
