// Large and changing pictures: bounded, of constant size, with points in source pixels.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/media_frames.h"
#include "tests/support/media.h"

namespace matside::tests {
namespace {

TEST(MediaSize, a_larger_picture_is_scaled_down_and_points_are_in_source_pixels) {
  const MediaFolder media;
  const auto clip =
      media.make("four_k.mp4", quadrant_clip_args(3840, 2160, 10, 0.3) + h264_args());
  auto reader = open_video(clip);
  expect_size(reader.info().size, 3840, 2160);
  expect_size(reader.info().image_size, 1920, 1080);
  video::Frame frame;
  ASSERT_TRUE(reader.read(frame).value());
  expect_size(frame.image.size, 1920, 1080);
  EXPECT_EQ(corner_colours(frame.image), "rgby");
  expect_size(frame.source_size, 3840, 2160);
}

TEST(MediaSize, nothing_is_scaled_without_a_limit) {
  const MediaFolder media;
  const auto clip = media.make(
      "large.png", quadrant_clip_args(2400, 1300, 1, 1) + Arguments{"-frames:v", "1"});
  const auto frame = first_frame(clip, {.max_side_px = 0});
  expect_size(frame.image.size, 2400, 1300);
  EXPECT_EQ(corner_colours(frame.image), "rgby");
  expect_size(frame.source_size, 2400, 1300);
}

TEST(MediaSize, a_rotated_picture_is_limited_by_its_longer_side) {
  const MediaFolder media;
  const auto clip = media.make("side.mp4", quadrant_clip_args(640, 480, 10, 0.2) + h264_args());
  support::set_display_matrix(clip, {0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30});
  auto reader = open_video(clip, {.max_side_px = 320});
  expect_size(reader.info().size, 480, 640);
  expect_size(reader.info().image_size, 240, 320);
  video::Frame frame;
  ASSERT_TRUE(reader.read(frame).value());
  EXPECT_EQ(corner_colours(frame.image), "bryg");
}

TEST(MediaSize, a_stream_that_changes_size_keeps_the_size_of_its_first_picture) {
  const MediaFolder media;
  const auto first = media.make("a.ts", quadrant_clip_args(128, 96, 10, 2) + h264_args());
  const auto larger = media.make("b.ts", quadrant_clip_args(256, 192, 10, 2) + h264_args());
  const auto upright = media.make("c.ts", quadrant_clip_args(96, 192, 10, 2) + h264_args());
  Bytes joined = support::read_bytes(first);
  for (const auto& part : {larger, upright}) {
    const Bytes bytes = support::read_bytes(part);
    joined.insert(joined.end(), bytes.begin(), bytes.end());
  }
  auto reader = open_video(media.write("joined.ts", joined));
  video::Frame frame;
  int filled = 0;
  int fitted = 0;
  while (reader.read(frame).value()) {
    expect_size(frame.image.size, 128, 96);
    if (colour_name(colour_at(frame.image, 0.05, 0.5)) == 'k') {
      // 96 x 192 fits as 48 x 96, from column 40 to 88.
      EXPECT_EQ(colour_name(colour_at(frame.image, 0.4, 0.25)), 'r');
      EXPECT_EQ(colour_name(colour_at(frame.image, 0.6, 0.75)), 'y');
      EXPECT_EQ(colour_name(colour_at(frame.image, 0.95, 0.5)), 'k');
      ++fitted;
    } else {
      EXPECT_EQ(corner_colours(frame.image), "rgby");
      ++filled;
    }
  }
  EXPECT_EQ(filled, 40);
  EXPECT_EQ(fitted, 20);
}

TEST(MediaSize, a_picture_beyond_the_limit_is_refused_before_memory_is_allocated) {
  const MediaFolder media;
  const auto png_header = [](std::uint32_t width, std::uint32_t height) {
    Bytes png = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
    for (const std::uint32_t side : {width, height}) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        png.push_back(static_cast<std::uint8_t>(side >> shift));
      }
    }
    const Bytes rest = {8, 2, 0, 0, 0, 0, 0, 0, 0};
    png.insert(png.end(), rest.begin(), rest.end());
    png.resize(png.size() + 64);
    return png;
  };
  const auto wide = video::VideoReader::open(media.write("wide.png", png_header(20000, 100)));
  ASSERT_FALSE(wide.ok());
  EXPECT_NE(wide.error().message.find("20000 x 100"), std::string::npos)
      << wide.error().message;
  const auto many = video::VideoReader::open(media.write("many.png", png_header(12000, 12000)));
  ASSERT_FALSE(many.ok());
  EXPECT_NE(many.error().message.find("100 million"), std::string::npos)
      << many.error().message;
}

TEST(MediaSize, a_large_photo_is_read) {
  const MediaFolder media;
  const auto photo = media.make("phone.jpg", quadrant_clip_args(4032, 3024, 1, 1) +
                                                 Arguments{"-frames:v", "1", "-q:v", "2"});
  auto reader = open_video(photo);
  EXPECT_TRUE(reader.info().photo);
  expect_size(reader.info().size, 4032, 3024);
  video::Frame frame;
  ASSERT_TRUE(reader.read(frame).value());
  expect_size(frame.image.size, 1920, 1440);
  EXPECT_EQ(corner_colours(frame.image), "rgby");
}

}  // namespace
}  // namespace matside::tests
