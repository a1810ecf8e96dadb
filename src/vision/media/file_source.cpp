#include "vision/media/file_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace matside::media {
namespace {

base::Error input_error(const std::filesystem::path& path, const std::string& what) {
  return {base::ErrorKind::input, path.string() + ": " + what};
}

std::string why_not_opened(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return "no such file";
    case EACCES:
    case EPERM:
      return "cannot be read; check its permissions";
    case ENXIO:
      return "is not a file on disk; save the video to a file first";
    default:
      return "cannot be opened: " + std::generic_category().message(error);
  }
}

}  // namespace

base::Result<FileSource> FileSource::open(const std::filesystem::path& path) {
  // Without O_NONBLOCK, opening a named pipe blocks until a writer opens it.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return input_error(path, why_not_opened(errno));
  FileSource source(descriptor, 0);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return input_error(path, why_not_opened(errno));
  if (S_ISDIR(status.st_mode)) {
    return input_error(path, "is a folder; choose a video or a photo in it");
  }
  if (!S_ISREG(status.st_mode)) return input_error(path, why_not_opened(ENXIO));
  if (status.st_size <= 0) return input_error(path, "the file is empty");
  source.size_ = static_cast<std::uint64_t>(status.st_size);
  return source;
}

FileSource::FileSource(FileSource&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

FileSource& FileSource::operator=(FileSource&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

FileSource::~FileSource() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::ptrdiff_t FileSource::read_at(std::uint64_t offset, std::span<std::uint8_t> target) const {
  if (offset >= size_) return 0;
  while (true) {
    const ssize_t count =
        ::pread(descriptor_, target.data(), target.size(), static_cast<off_t>(offset));
    if (count >= 0) return count;
    if (errno != EINTR) return -1;
  }
}

}  // namespace matside::media
