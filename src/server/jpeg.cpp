#include "server/jpeg.h"

#include <turbojpeg.h>

#include <memory>
#include <string>

namespace matside::server {
namespace {

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};

base::Error unreadable(const std::string& why) {
  return {base::ErrorKind::input, "picture: " + why};
}

}  // namespace

base::Result<image::Image> decode_jpeg(std::span<const std::uint8_t> bytes) {
  const std::unique_ptr<void, Destroy> reader(tjInitDecompress());
  if (!reader) return unreadable("no memory for the JPEG reader");
  int width_px = 0;
  int height_px = 0;
  int subsampling = 0;
  int colours = 0;
  if (tjDecompressHeader3(reader.get(), bytes.data(), bytes.size(), &width_px, &height_px,
                          &subsampling, &colours) != 0) {
    return unreadable("is no JPEG");
  }
  if (width_px < 1 || height_px < 1 || width_px > kLongestSide_px ||
      height_px > kLongestSide_px) {
    return unreadable("is " + std::to_string(width_px) + "x" + std::to_string(height_px) +
                      "; at most " + std::to_string(kLongestSide_px) + " a side");
  }
  image::Image picture{{width_px, height_px}, {}};
  picture.rgb.resize(picture.stride_bytes() * static_cast<std::size_t>(height_px));
  // A small file may ask for thousands of passes over the picture.
  if (tjDecompress2(reader.get(), bytes.data(), bytes.size(), picture.rgb.data(), width_px,
                    static_cast<int>(picture.stride_bytes()), height_px, TJPF_RGB,
                    TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING) != 0) {
    return unreadable("is a damaged JPEG");
  }
  return picture;
}

}  // namespace matside::server
