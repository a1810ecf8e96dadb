#include "files/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace matside::files {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 1 << 18;
constexpr std::size_t kMebibyte = 1 << 20;

base::Error input_error(const fs::path& path, const std::string& what) {
  return {base::ErrorKind::input, path.string() + ": " + what};
}

base::Error not_opened(const fs::path& path, int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return input_error(path, "no such file");
    case ENXIO:  // a socket
      return input_error(path, "isn't a file on disk; save it to a file first");
    default:
      return input_error(path, "can't be read; check its permissions");
  }
}

}  // namespace

base::Result<InputFile> InputFile::open(const fs::path& path) {
  InputFile file(path);
  // Without O_NONBLOCK, opening a named pipe waits for its writer.
  file.descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat status {};
  if (file.descriptor_ < 0 || ::fstat(file.descriptor_, &status) != 0) {
    return not_opened(path, errno);
  }
  if (S_ISDIR(status.st_mode)) return input_error(path, "is a folder; give the name of a file");
  if (!S_ISREG(status.st_mode)) return not_opened(path, ENXIO);
  file.size_ = static_cast<std::uint64_t>(status.st_size);
  return file;
}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)),
      size_(other.size_),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(size_, other.size_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Result<std::size_t> InputFile::read(std::span<std::byte> target) {
  while (true) {
    const ssize_t count = ::read(descriptor_, target.data(), target.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return input_error(path_, "can't be read; the disk may be damaged");
  }
}

base::Result<std::string> read_file(const fs::path& path, std::size_t most) {
  auto file = InputFile::open(path);
  if (!file) return file.error();
  std::string text;
  while (text.size() <= most && file.value().size() <= most) {
    const std::size_t before = text.size();
    text.resize(before + std::min(kPieceBytes, most + 1 - before));
    const auto got = file.value().read(std::as_writable_bytes(std::span(text).subspan(before)));
    if (!got) return got.error();
    text.resize(before + got.value());
    if (got.value() == 0) return text;
  }
  return input_error(path,
                     "is too large; the limit is " + std::to_string(most / kMebibyte) + " MiB");
}

}  // namespace matside::files
