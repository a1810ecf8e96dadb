#include "files/private_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace matside::files {

std::error_code save_private_file(const std::filesystem::path& path, std::string_view text) {
  std::string beside = path.string() + ".XXXXXX";
  const int descriptor = ::mkostemp(beside.data(), O_CLOEXEC);  // mode 0600
  if (descriptor < 0) return {errno, std::generic_category()};
  const auto written = ::write(descriptor, text.data(), text.size());
  const bool complete =
      written == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
  // A disk that is nearly full takes a part without an error.
  const bool part = written >= 0 && !complete && written < static_cast<ssize_t>(text.size());
  const int write_error = part ? ENOSPC : errno;
  ::close(descriptor);
  if (complete && ::rename(beside.c_str(), path.c_str()) == 0) return {};
  const int why = complete ? errno : write_error;
  ::unlink(beside.c_str());
  return {why, std::generic_category()};
}

}  // namespace matside::files
