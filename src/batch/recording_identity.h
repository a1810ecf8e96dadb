// Tells whether a recording is one that was analysed before, without reading it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::batch {

/// A key as of result_key(), from the path, size and time of change of a recording's files, its
/// level and the other settings of the analysis. It misses a change that keeps a file's size
/// and restores its time. Results are saved by content_digest(), which misses none.
/// @returns as content_digest() if the recording can't be opened
base::Result<std::string> recording_identity(const std::filesystem::path& path, int level,
                                             std::string_view settings);

/// Which result each recording had: the identities with their keys, in one file to which lines
/// are appended. One process at a time.
class KnownRecordings {
 public:
  /// Reads the file; no file, and lines that are damaged, know nothing.
  explicit KnownRecordings(std::filesystem::path file);
  /// The key of the recording's result (result_key()).
  [[nodiscard]] std::optional<std::string> key_of(const std::string& identity) const;
  /// Adds them, and saves them durably. @returns ErrorKind::output if the disk fails
  base::Result<void> add(const std::map<std::string, std::string>& keys_by_identity);

 private:
  std::filesystem::path file_;
  std::map<std::string, std::string> keys_;
};

}  // namespace matside::batch
