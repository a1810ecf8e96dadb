#include "cli/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "core/base/printable_text.h"
#include "files/input_file.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferBytes = 1 << 16;
constexpr std::size_t kMarkWithinBytes = 256;

base::Error output_error(const fs::path& path, const std::string& what) {
  return {base::ErrorKind::output, path.string() + ": " + what};
}

std::string cannot_be_written(int error_number) {
  return "cannot be written: " + std::generic_category().message(error_number);
}

/// Whether it is empty, or contains the mark near its start.
bool begins_like_ours(const fs::path& path, std::string_view mark) {
  std::array<char, kMarkWithinBytes> start{};
  auto file = files::InputFile::open(path);
  if (!file) return false;
  const auto got = file.value().read(std::as_writable_bytes(std::span(start)));
  if (!got) return false;
  const std::string_view text(start.data(), got.value());
  const bool marked = !mark.empty() && text.find(mark) != std::string_view::npos;
  return text.empty() || marked;
}

/// Syncs a folder, so that a rename in it outlives a power cut. Not all file systems can.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// Why the file at `path` may not be overwritten; empty when it may.
std::string reason_to_keep(const fs::path& path, const OverwritePolicy& overwriting) {
  std::error_code ignored;
  for (const fs::path& input : overwriting.inputs) {
    if (fs::equivalent(path, input, ignored)) {
      return "is one of the inputs; choose another file";
    }
  }
  const bool may = overwriting.forced || begins_like_ours(path, overwriting.own_signature);
  if (!may) return "already exists; overwrite it with --force";
  if (::access(path.c_str(), W_OK) != 0) return cannot_be_written(errno);
  return {};
}

}  // namespace

int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

bool is_link_of_another(const fs::path& path, unsigned int user) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return false;
  return status.st_uid != user && status.st_uid != 0;
}

base::Error OutputFile::failed(int error_number) const {
  return output_error(path_, cannot_be_written(error_number));
}

base::Result<OutputFile> OutputFile::open(const fs::path& path,
                                          const OverwritePolicy& overwriting) {
  std::error_code error;
  if (is_link_of_another(path, ::geteuid())) {
    return output_error(path, "is a link that belongs to another user; choose another file");
  }
  const fs::path followed = fs::is_symlink(path, error) ? fs::canonical(path, error) : path;
  OutputFile file(path, followed.empty() ? path : followed);
  const fs::file_status status = fs::status(file.target_, error);
  if (fs::is_directory(status))
    return output_error(path, "is a folder; give the name of a file");
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    file.descriptor_ = ::open(file.target_.c_str(), O_WRONLY | O_CLOEXEC);
    if (file.descriptor_ < 0) return file.failed(errno);
    return file;
  }
  if (fs::exists(status)) {
    const std::string reason = reason_to_keep(file.target_, overwriting);
    if (!reason.empty()) return output_error(path, reason);
  }
  // A new file with a random name: never one, or a link, that somebody else has put there.
  constexpr std::string_view kSuffix = ".tmp";
  std::string name = (file.target_.parent_path() / ".matside-XXXXXX").string();
  name += kSuffix;
  file.descriptor_ = ::mkostemps(name.data(), static_cast<int>(kSuffix.size()), O_CLOEXEC);
  if (file.descriptor_ < 0) return file.failed(errno);
  file.temporary_ = name;
  return file;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      buffer_(std::move(other.buffer_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this == &other) return *this;
  abandon();
  path_ = std::move(other.path_);
  target_ = std::move(other.target_);
  temporary_ = std::exchange(other.temporary_, {});
  buffer_ = std::move(other.buffer_);
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

OutputFile::~OutputFile() { abandon(); }

void OutputFile::abandon() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  if (!temporary_.empty()) ::unlink(std::exchange(temporary_, {}).c_str());
}

base::Result<void> OutputFile::flush() {
  const int error_number = write_all(descriptor_, buffer_);
  buffer_.clear();
  if (error_number != 0) return failed(error_number);
  return {};
}

base::Result<void> OutputFile::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() < kBufferBytes) return {};
  return flush();
}

base::Result<void> OutputFile::write_at(std::uint64_t offset,
                                        std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(errno);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return {};
}

base::Result<void> OutputFile::commit() {
  if (auto flushed = flush(); !flushed) return flushed.error();
  // The bytes first: after a power cut the name must not belong to an empty file.
  if (!temporary_.empty() && ::fsync(descriptor_) != 0) return failed(errno);
  if (::close(std::exchange(descriptor_, -1)) != 0) return failed(errno);
  if (temporary_.empty()) return {};
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) return failed(errno);
  temporary_.clear();
  sync_folder(target_.parent_path());
  return {};
}

base::Result<void> write_to_standard_output(std::string_view text) {
  const int error_number = write_all(STDOUT_FILENO, base::printable_text(text));
  if (error_number == 0) return {};
  return output_error("standard output", cannot_be_written(error_number));
}

void ring_terminal_bell() { (void)write_all(STDOUT_FILENO, "\a"); }

}  // namespace matside::cli
