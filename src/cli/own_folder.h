// Where Matside keeps what is its own: records, certificate. And the time it is.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "records/ongoing.h"
#include "records/repository.h"
#include "records/wall_clock.h"

namespace matside::cli {

/// `wanted`, or $XDG_DATA_HOME/matside, or ~/.local/share/matside.
/// @returns ErrorKind::usage where there is none
base::Result<std::filesystem::path> own_folder(
    const std::optional<std::filesystem::path>& wanted);

/// The records' file in the folder.
std::filesystem::path records_file(const std::filesystem::path& folder);
/// @returns as records::sqlite::open
base::Result<std::unique_ptr<records::Repository>> open_records(
    const std::filesystem::path& folder);

/// One program at a time that files live practices in a folder; free again when it goes.
class FolderLock {
 public:
  /// @returns ErrorKind::usage where another has it, ErrorKind::output where it can't be made
  static base::Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

  /// Says to whoever comes next where it serves.
  void tell(const std::string& url) const;

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

/// Where another program serves what is filed in the folder; nothing when none does.
std::optional<std::string> served_at(const std::filesystem::path& folder);

/// By the system's clock and time zone; by $MATSIDE_NOW, seconds since 1970 in UTC, where that
/// is set, so that a test can move the date on.
records::Now now();

/// This program, judging with that network.
records::Engine engine(const std::string& pose_model, bool eye);

}  // namespace matside::cli
