#include "vision/decoder/jpeg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <turbojpeg.h>

#include <string>
#include <vector>

#include "vision/media/picture_layout.h"

namespace matside::decoder {
namespace {

using ::testing::HasSubstr;

std::vector<std::uint8_t> encode(int width_px, int height_px) {
  const std::vector<unsigned char> grey(
      static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px), 128);
  unsigned char* jpeg = nullptr;
  unsigned long size = 0;  // NOLINT(google-runtime-int): as turbojpeg has it
  void* encoder = tjInitCompress();
  EXPECT_EQ(tjCompress2(encoder, grey.data(), width_px, 0, height_px, TJPF_GRAY, &jpeg, &size,
                        TJSAMP_GRAY, 80, 0),
            0);
  std::vector<std::uint8_t> bytes(jpeg, jpeg + size);
  tjFree(jpeg);
  tjDestroy(encoder);
  return bytes;
}

std::string problem(const std::vector<std::uint8_t>& bytes) {
  std::vector<std::uint8_t> rgb(media::kMaxJpeg_bytes);
  const auto decoded = decode_jpeg(bytes, rgb);
  if (decoded) return "";
  EXPECT_EQ(decoded.error().kind, base::ErrorKind::input);
  return decoded.error().message;
}

TEST(Jpeg, is_decoded_to_rgb) {
  std::vector<std::uint8_t> rgb(media::rgb_bytes({64, 48}));
  const auto decoded = decode_jpeg(encode(64, 48), rgb);
  ASSERT_TRUE(decoded.ok()) << decoded.error().message;
  EXPECT_EQ(decoded.value().width_px, 64);
  EXPECT_EQ(decoded.value().height_px, 48);
  for (const std::uint8_t channel : rgb) EXPECT_NEAR(channel, 128, 2);
}

TEST(Jpeg, is_not_written_beyond_the_room_for_it) {
  std::vector<std::uint8_t> rgb(media::rgb_bytes({64, 48}) - 1);
  EXPECT_FALSE(decode_jpeg(encode(64, 48), rgb).ok());
}

TEST(Jpeg, may_be_as_large_as_the_limit_and_no_larger) {
  EXPECT_EQ(problem(encode(media::kMaxJpegSide_px, 16)), "");
  EXPECT_THAT(problem(encode(media::kMaxJpegSide_px + 1, 16)), HasSubstr("1921x16"));
  EXPECT_THAT(problem(encode(16, media::kMaxJpegSide_px + 1)), HasSubstr("16x1921"));
}

TEST(Jpeg, that_is_damaged_or_something_else_is_refused) {
  auto bytes = encode(640, 360);
  bytes.resize(bytes.size() / 2);
  EXPECT_THAT(problem(bytes), HasSubstr("damaged"));
  EXPECT_THAT(problem({'n', 'o', ' ', 'J', 'P', 'E', 'G'}), HasSubstr("not a JPEG"));
  EXPECT_THAT(problem({}), HasSubstr("not a JPEG"));
}

}  // namespace
}  // namespace matside::decoder
