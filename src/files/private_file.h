// Files for their owner's eyes only.
#pragma once

#include <filesystem>
#include <string_view>
#include <system_error>

namespace matside::files {

/// Replaces a file as a whole. Only its owner can read it, from the first byte on. The text is
/// written beside it under a name that nobody can guess, and synced before it is renamed, so
/// that a crash leaves the old file or the new one.
/// @returns what failed; nothing is left beside the file then
std::error_code save_private_file(const std::filesystem::path& path, std::string_view text);

}  // namespace matside::files
