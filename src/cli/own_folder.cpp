#include "cli/own_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "generated/build_info.h"
#include "records/sqlite/repository.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

constexpr int kSecondsAMinute = 60;

fs::path lock_file(const fs::path& folder) { return folder / "serving.lock"; }

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): never set by us
  return value == nullptr ? "" : value;
}

}  // namespace

base::Result<fs::path> own_folder(const std::optional<fs::path>& wanted) {
  if (wanted) return *wanted;
  if (const fs::path data = variable("XDG_DATA_HOME"); data.is_absolute()) {
    return data / "matside";
  }
  if (const fs::path home = variable("HOME"); home.is_absolute()) {
    return home / ".local" / "share" / "matside";
  }
  return Error{ErrorKind::usage,
               "--data: name a folder; there is no home folder to keep it in"};
}

fs::path records_file(const fs::path& folder) { return folder / "matside.db"; }

base::Result<std::unique_ptr<records::Repository>> open_records(const fs::path& folder) {
  return records::sqlite::open(records_file(folder).string());
}

base::Result<FolderLock> FolderLock::take(const fs::path& folder) {
  std::error_code why;
  fs::create_directories(folder, why);
  const fs::path file = lock_file(folder);
  const int descriptor =
      ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);  // NOLINT
  if (descriptor < 0) {
    return Error{ErrorKind::output,
                 folder.string() + ": can't be written (" + std::strerror(errno) +  // NOLINT
                     "); --data DIR names another folder, --no-records keeps none"};
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return FolderLock(descriptor);
  ::close(descriptor);
  return Error{ErrorKind::usage, folder.string() +
                                     ": another matside serve keeps its records there; stop it "
                                     "first, or name another folder with --data DIR"};
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}
FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FolderLock::tell(const std::string& url) const {
  // Without it the next one is refused instead of shown the page.
  if (::ftruncate(descriptor_, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(descriptor_, url.data(), url.size(), 0);
}

std::optional<std::string> served_at(const fs::path& folder) {
  constexpr std::size_t kLongestUrl = 256;
  const int descriptor = ::open(lock_file(folder).c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT
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

records::Now now() {
  std::time_t instant = std::time(nullptr);
  const std::string_view set = variable("MATSIDE_NOW");
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(set.data(), set.data() + set.size(), number);
  if (!set.empty() && failed == std::errc() && end == set.data() + set.size()) {
    instant = static_cast<std::time_t>(number);
  }
  std::tm local{};
  localtime_r(&instant, &local);
  return {{instant}, static_cast<int>(local.tm_gmtoff / kSecondsAMinute)};
}

records::Engine engine(const std::string& pose_model, bool eye) {
  return {std::string("matside ") + generated::kVersion, pose_model, eye};
}

}  // namespace matside::cli
