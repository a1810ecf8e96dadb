#include "records/sqlite/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace matside::records::sqlite {
namespace {

namespace fs = std::filesystem;

base::Error cannot(const std::string& path, const char* what) {
  return {base::ErrorKind::output,
          path + ": " + what + " (" + std::generic_category().message(errno) + ")"};
}

std::string folder_of(const std::string& file) {
  const std::string folder = fs::path(file).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// Waits until a file, or the names in a folder, are on the disk.
base::Result<void> sync(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT
  if (descriptor < 0) return cannot(path, "can't be opened");
  const int failed = ::fsync(descriptor);
  // Some file systems have no fsync for folders.
  base::Result<void> synced;
  if (failed != 0 && errno != EINVAL) synced = cannot(path, "can't be written to the disk");
  ::close(descriptor);
  return synced;
}

base::Result<void> create(const std::string& file, int flags) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | flags,  // NOLINT
                                S_IRUSR | S_IWUSR);
  if (descriptor < 0) return cannot(file, "can't be created");
  ::close(descriptor);
  return {};
}

}  // namespace

FileKind kind_of(const std::string& path) {
  std::error_code unknown;
  const fs::file_status status = fs::status(path, unknown);
  if (fs::is_regular_file(status)) return FileKind::file;
  return fs::exists(status) ? FileKind::other : FileKind::absent;
}

bool is_name_taken(const std::string& path) {
  std::error_code unknown;
  return fs::exists(fs::symlink_status(path, unknown));
}

bool is_same_file(const std::string& one, const std::string& other) {
  std::error_code unknown;
  return fs::equivalent(one, other, unknown);
}

std::uint64_t size_of(const std::string& file) {
  std::error_code none;
  const auto size = fs::file_size(file, none);
  return none ? 0 : size;
}

std::string absolute_name(const std::string& file) { return fs::absolute(file).string(); }

base::Result<std::vector<std::string>> endings_beside(const std::string& file) {
  const std::string beginning = fs::path(file).filename().string();
  std::vector<std::string> endings;
  std::error_code why;
  for (fs::directory_iterator entry(folder_of(file), why), end; !why && entry != end;
       entry.increment(why)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(beginning)) endings.push_back(name.substr(beginning.size()));
  }
  if (why) return base::Error{base::ErrorKind::output, file + ": " + why.message()};
  return endings;
}

bool are_files_shared() { return true; }

const char* const kHowToRepair =
    "move it elsewhere, then restore a backup with matside restore FILE";
const char* const kHowToWrite =
    "check its permissions, or choose another folder with --data DIR";

base::Result<void> create_private_folder_of(const std::string& file) {
  const fs::path folder = fs::path(file).parent_path();
  return folder.empty() ? base::Result<void>() : create_private_folder(folder.string());
}

base::Result<void> create_private_folder(const std::string& folder) {
  const fs::path path = (fs::path(folder) / ".").parent_path();  // without a slash at its end
  std::error_code why;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), why);
  errno = why.value();
  if (why) return cannot(folder, "the folder can't be created");
  if (::mkdir(path.c_str(), S_IRWXU) == 0 || fs::is_directory(path, why)) return {};
  return cannot(folder, "the folder can't be created");
}

base::Result<void> create_private_file(const std::string& file) { return create(file, 0); }

base::Result<void> create_new_private_file(const std::string& file) {
  ::unlink(file.c_str());
  return create(file, O_EXCL | O_NOFOLLOW);
}

base::Result<void> rename_durably(const std::string& from, const std::string& to) {
  if (auto synced = sync(from); !synced) return synced;
  if (::rename(from.c_str(), to.c_str()) != 0) return cannot(to, "can't be written");
  return sync(folder_of(to));
}

base::Result<void> remove_durably(const std::string& file) {
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) return cannot(file, "can't be removed");
  return sync(folder_of(file));
}

bool is_writable(const std::string& file) {
  return ::faccessat(AT_FDCWD, file.c_str(), W_OK, AT_EACCESS) == 0 &&
         ::faccessat(AT_FDCWD, folder_of(file).c_str(), W_OK, AT_EACCESS) == 0;
}

}  // namespace matside::records::sqlite
