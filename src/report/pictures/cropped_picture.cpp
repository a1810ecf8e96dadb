#include "report/pictures/cropped_picture.h"

#include <turbojpeg.h>

#include <memory>
#include <vector>

#include "vision/image/transform.h"

namespace matside::pictures {
namespace {

// Keeps the page at a megabyte or two.
constexpr int kQuality = 68;

}  // namespace

image::Image crop_picture(const image::Image& upright, const report::Crop& crop,
                          std::span<const Circle> heads) {
  image::Image picture = image::scaled(upright, crop.part, crop.picture);
  const double scale = double(crop.picture.width_px) / crop.part.size.width_px;
  std::vector<Circle> here;
  for (const Circle& head : heads) {
    here.push_back({{(head.centre.x_px - crop.part.x_px) * scale,
                     (head.centre.y_px - crop.part.y_px) * scale},
                    head.radius_px * scale});
  }
  blur(picture, here);
  return picture;
}

base::Result<std::string> jpeg(const image::Image& picture) {
  struct Destroy {
    void operator()(void* handle) const { tjDestroy(handle); }
    void operator()(unsigned char* bytes) const { tjFree(bytes); }
  };
  const std::unique_ptr<void, Destroy> writer(tjInitCompress());
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const bool made =
      writer && tjCompress2(writer.get(), picture.rgb.data(), picture.size.width_px,
                            static_cast<int>(picture.stride_bytes()), picture.size.height_px,
                            TJPF_RGB, &bytes, &size, TJSAMP_420, kQuality, 0) == 0;
  const std::unique_ptr<unsigned char, Destroy> owner(bytes);
  if (!made)
    return base::Error{base::ErrorKind::output, "a picture could not be encoded as JPEG"};
  return std::string(reinterpret_cast<const char*>(bytes), size);
}

}  // namespace matside::pictures
