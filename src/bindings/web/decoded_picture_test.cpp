#include "bindings/web/decoded_picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <vector>

#include "vision/image/transform.h"

namespace matside::web {
namespace {

using ::testing::ElementsAre;

constexpr base::ImageSize kOdd{3, 3};
constexpr std::size_t kLuma = 9;
constexpr std::size_t kChroma = 4;  // An odd side is rounded up.

/// Three rows of luma, then two by two of each difference: every sample differs.
std::vector<std::uint8_t> i420() {
  std::vector<std::uint8_t> bytes(kLuma + 2 * kChroma + image::kPlaneMargin_bytes);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(60 + 7 * i);
  }
  return bytes;
}

image::Image shown(PixelFormat format, const std::vector<std::uint8_t>& bytes,
                   base::ImageSize target = kOdd, image::Orientation orientation = {}) {
  PictureConverter converter(target, orientation);
  DecodedPicture picture{format, bytes.data(), kOdd, {}};
  picture.colour.full_range = true;
  return image::to_rgb_image(converter.view_of(picture), 0);
}

TEST(DecodedPicture, has_the_colours_of_its_planes) {
  std::vector<std::uint8_t> bytes(kLuma + 2 * kChroma + image::kPlaneMargin_bytes, 128);
  bytes[1] = 200;          // The second pixel of the first row is brighter,
  bytes[kLuma + 3] = 228;  // and the last one is bluer.
  const image::Image picture = shown(PixelFormat::i420, bytes);
  EXPECT_EQ(picture.size, kOdd);
  EXPECT_EQ(picture.rgb[0], 128);
  EXPECT_EQ(picture.rgb[3], 200);
  EXPECT_GT(picture.rgb[3 * 8 + 2], picture.rgb[3 * 8]);
  EXPECT_EQ(picture.rgb[3 * 7 + 2], 128);
}

TEST(DecodedPicture, is_the_same_from_pairs_of_differences) {
  const std::vector<std::uint8_t> planes = i420();
  std::vector<std::uint8_t> pairs = planes;
  for (std::size_t i = 0; i < kChroma; ++i) {
    pairs[kLuma + 2 * i] = planes[kLuma + i];
    pairs[kLuma + 2 * i + 1] = planes[kLuma + kChroma + i];
  }
  EXPECT_EQ(shown(PixelFormat::nv12, pairs).rgb, shown(PixelFormat::i420, planes).rgb);
}

TEST(DecodedPicture, is_rounded_from_ten_bits) {
  const std::vector<std::uint8_t> planes = i420();
  std::vector<std::uint8_t> deep;
  for (const std::uint8_t sample : planes) {
    const unsigned ten_bits = unsigned{sample} << 2U | 1U;
    deep.push_back(static_cast<std::uint8_t>(ten_bits & 0xffU));
    deep.push_back(static_cast<std::uint8_t>(ten_bits >> 8U));
  }
  EXPECT_EQ(shown(PixelFormat::i420_p10, deep).rgb, shown(PixelFormat::i420, planes).rgb);
}

TEST(DecodedPicture, of_rgba_is_turned_upright) {
  std::vector<std::uint8_t> bytes;
  for (std::uint8_t pixel = 0; pixel < kLuma; ++pixel) {
    bytes.insert(bytes.end(), {pixel, 100, 200, 255});
  }
  const image::Image turned = shown(PixelFormat::rgba, bytes, kOdd, image::turned({}, 1));
  std::vector<int> reds;
  for (std::size_t i = 0; i < turned.rgb.size(); i += 3) reds.push_back(turned.rgb[i]);
  EXPECT_THAT(reds, ElementsAre(6, 3, 0, 7, 4, 1, 8, 5, 2));
  EXPECT_EQ(turned.rgb[1], 100);
  EXPECT_EQ(turned.rgb[2], 200);
}

TEST(DecodedPicture, is_scaled_to_what_is_analysed) {
  EXPECT_EQ(shown(PixelFormat::i420, i420(), {2, 2}).size, (base::ImageSize{2, 2}));
}

}  // namespace
}  // namespace matside::web
