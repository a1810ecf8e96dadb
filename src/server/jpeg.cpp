#include "server/jpeg.h"

#include <turbojpeg.h>

#include <memory>
#include <string>

namespace matside::server {
namespace {

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};

base::Error picture_error(const std::string& what) {
  return {base::ErrorKind::input, "picture: " + what};
}

}  // namespace

base::Result<image::Image> decode_jpeg(std::span<const std::uint8_t> bytes) {
  const std::unique_ptr<void, Destroy> decoder(tjInitDecompress());
  if (!decoder) return picture_error("no memory for the JPEG decoder");
  int width_px = 0;
  int height_px = 0;
  int subsampling = 0;
  int colours = 0;
  if (tjDecompressHeader3(decoder.get(), bytes.data(), bytes.size(), &width_px, &height_px,
                          &subsampling, &colours) != 0) {
    return picture_error("is not a JPEG");
  }
  if (width_px < 1 || height_px < 1 || width_px > kMaxSide_px || height_px > kMaxSide_px) {
    return picture_error("is " + std::to_string(width_px) + "x" + std::to_string(height_px) +
                         "; at most " + std::to_string(kMaxSide_px) + " a side");
  }
  image::Image picture{{width_px, height_px}, {}};
  picture.rgb.resize(picture.stride_bytes() * static_cast<std::size_t>(height_px));
  // A small progressive file may ask for thousands of scans.
  if (tjDecompress2(decoder.get(), bytes.data(), bytes.size(), picture.rgb.data(), width_px,
                    static_cast<int>(picture.stride_bytes()), height_px, TJPF_RGB,
                    TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING) != 0) {
    return picture_error("is a damaged JPEG");
  }
  return picture;
}

}  // namespace matside::server
