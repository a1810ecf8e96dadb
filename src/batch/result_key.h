// What identifies a result: the recording's content, the program, and how it was analysed.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::batch {

/// SHA-256 of a recording: of a file's bytes, or of the names and bytes of a folder's pose
/// files. 64 lower-case hexadecimal digits.
/// @returns ErrorKind::input if it can't be read, or `stop` turns true
base::Result<std::string> content_digest(const std::filesystem::path& path,
                                         const std::atomic<bool>& stop);

/// The name of the result of that content with those settings: 32 hexadecimal digits.
/// @param settings  everything else that decides the result: program, model, options
std::string result_key(std::string_view content, std::string_view settings);
/// Whether result_key() can have made it.
bool is_result_key(std::string_view text);

/// What tells the practices of a dataset apart: 16 hexadecimal digits. The same recording is
/// one practice of one person, wherever the file is.
std::string practice_id(std::string_view key, std::string_view person);

}  // namespace matside::batch
