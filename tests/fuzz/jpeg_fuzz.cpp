// Decodes arbitrary bytes as a picture of the live page: must be refused with one line, or have
// a size within the limits.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/base/printable_text.h"
#include "vision/decoder/jpeg.h"
#include "vision/media/picture_layout.h"

namespace {

void must(bool held) {
  if (!held) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace matside;  // NOLINT(google-build-using-namespace)
  static std::vector<std::uint8_t> rgb(media::kMaxJpeg_bytes);
  const auto decoded = decoder::decode_jpeg({data, size}, rgb);
  if (decoded) {
    must(media::is_jpeg_size(decoded.value()));
  } else {
    must(decoded.error().kind == base::ErrorKind::input);
    must(base::is_visible(decoded.error().message));
  }
  return 0;
}
