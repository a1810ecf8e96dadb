#include "server/temporary_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace matside::server {
namespace {

base::Error output_error(const std::string& what) {
  return {base::ErrorKind::output, "the recording can't be stored for analysis: " + what +
                                       "; set TMPDIR to use another folder"};
}

std::string system_error_text(int error) { return std::generic_category().message(error); }

/// For file systems without O_TMPFILE.
int create_and_unlink(const std::filesystem::path& folder) {
  std::string name = folder / "matside-XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return descriptor;
}

}  // namespace

base::Result<TemporaryFile> TemporaryFile::create(const std::filesystem::path& folder) {
  int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) descriptor = create_and_unlink(folder);
  if (descriptor < 0) return output_error(folder.string() + ": " + system_error_text(errno));
  return TemporaryFile(descriptor);
}

TemporaryFile::~TemporaryFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Result<void> TemporaryFile::write(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      return output_error(errno == ENOSPC || errno == EDQUOT ? "the disk is full"
                                                             : system_error_text(errno));
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

std::filesystem::path TemporaryFile::path() const {
  return "/proc/self/fd/" + std::to_string(descriptor_);
}

}  // namespace matside::server
