#include "cli/output_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "cli/output_file.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

base::Error folder_error(const fs::path& path, const std::string& what) {
  return {base::ErrorKind::output, path.string() + ": " + what};
}

/// Why the folder may not be replaced; empty when it may.
std::string reason_to_keep_folder(const fs::path& path, bool forced,
                                  const std::function<bool(const std::string&)>& ours) {
  std::error_code why;
  if (!fs::exists(path, why)) return {};
  if (!fs::is_directory(path, why))
    return "already exists and isn't a folder; choose another name";
  for (const auto& entry : fs::directory_iterator(path, why)) {
    const std::string name = entry.path().filename().string();
    if (!forced) return "already exists; overwrite it with --force";
    if (!ours(name))
      return "contains " + name + ", which Matside did not write; choose another folder";
  }
  return why ? why.message() : std::string();
}

}  // namespace

base::Result<OutputFolder> OutputFolder::open(
    const fs::path& path, bool forced, const std::function<bool(const std::string&)>& ours,
    const fs::path& temporary_in) {
  const std::string reason = reason_to_keep_folder(path, forced, ours);
  if (!reason.empty()) return folder_error(path, reason);
  OutputFolder folder(path.filename().empty() ? path.parent_path() : path);
  // A new folder with a random name, for its owner alone: never one that somebody else made.
  const fs::path parent = temporary_in.empty() ? folder.path_.parent_path() : temporary_in;
  std::string beside = (parent / ".matside-folder-XXXXXX").string();
  if (::mkdtemp(beside.data()) == nullptr) {
    return folder_error(path, "cannot be written: " + std::generic_category().message(errno));
  }
  folder.temporary_ = beside;
  return folder;
}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, {})) {}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

base::Result<void> OutputFolder::write(const std::string& name, std::string_view text) {
  const int descriptor =
      ::open((temporary_ / name).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
             S_IRUSR | S_IWUSR);
  int error_number = descriptor < 0 ? errno : write_all(descriptor, text);
  if (descriptor >= 0 && ::close(descriptor) != 0 && error_number == 0) error_number = errno;
  if (error_number == 0) return {};
  return folder_error(path_,
                      "cannot be written: " + std::generic_category().message(error_number));
}

void OutputFolder::sync() const {
  // All files at once: there may be thousands.
  const int descriptor = ::open(temporary_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::syncfs(descriptor);
  ::close(descriptor);
}

base::Result<void> OutputFolder::commit() {
  sync();
  std::error_code why;
  // Exchanged, so that one of both folders is always there; the destructor removes the old one.
  if (::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, path_.c_str(), RENAME_EXCHANGE) ==
      0) {
    return {};
  }
  // There is none, or the file system can't exchange.
  fs::remove_all(path_, why);
  if (!why) fs::rename(temporary_, path_, why);
  if (why) return folder_error(path_, "cannot be written: " + why.message());
  temporary_.clear();
  return {};
}

base::Result<void> OutputFolder::commit_unless_there() {
  sync();
  std::error_code why;
  fs::rename(temporary_, path_, why);
  if (!why) {
    temporary_.clear();
  } else if (why != std::errc::directory_not_empty && why != std::errc::file_exists) {
    return folder_error(path_, "cannot be written: " + why.message());
  }
  return {};
}

}  // namespace matside::cli
