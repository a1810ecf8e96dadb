#include "cli/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "records/sqlite/durable_file.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

fs::path lock_file(const fs::path& folder) { return folder / "serving.lock"; }

}  // namespace

base::Result<FolderLock> FolderLock::take(const fs::path& folder) {
  if (auto created = records::sqlite::create_private_folder(folder.string()); !created) {
    return Error{created.error().kind, created.error().message +
                                           "; choose another folder with --data DIR, or use "
                                           "--no-records"};
  }
  const fs::path file = lock_file(folder);
  const int descriptor =
      ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,  // NOLINT
             S_IRUSR | S_IWUSR);
  if (descriptor < 0) {
    return Error{ErrorKind::output,
                 folder.string() + ": cannot be written (" + std::strerror(errno) +  // NOLINT
                     "); choose another folder with --data DIR, or use --no-records"};
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return FolderLock(descriptor);
  ::close(descriptor);
  return Error{ErrorKind::usage, folder.string() +
                                     ": another matside serve is using these records; stop it "
                                     "first, or choose another folder with --data DIR"};
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}
FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FolderLock::publish_url(const std::string& url) const {
  // Where it fails, the next `serve --open` gets an error instead of the page.
  if (::ftruncate(descriptor_, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(descriptor_, url.data(), url.size(), 0);
}

std::optional<std::string> running_server_url(const fs::path& folder) {
  constexpr std::size_t kLongestUrl = 256;
  const int descriptor =
      ::open(lock_file(folder).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);  // NOLINT
  if (descriptor < 0) return std::nullopt;
  const bool served =
      ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;  // NOLINT
  std::string url(kLongestUrl, '\0');
  const ssize_t length = ::pread(descriptor, url.data(), url.size(), 0);
  ::close(descriptor);
  if (!served || length <= 0) return std::nullopt;
  url.resize(static_cast<std::size_t>(length));
  if (!url.starts_with("http://") && !url.starts_with("https://")) return std::nullopt;
  return url;
}

}  // namespace matside::cli
