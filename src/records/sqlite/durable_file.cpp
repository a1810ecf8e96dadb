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
