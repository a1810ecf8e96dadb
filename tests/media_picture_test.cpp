// Pictures of every container are upright, with square pixels and the right colours.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/media_frames.h"
#include "tests/support/media.h"

namespace matside::tests {
namespace {

constexpr int kOne = 1 << 16;

struct Turn {
  std::string name;
  std::array<int, 4> map;  // a, b, c, d
  std::string corners;
  bool on_its_side;
};

const std::vector<Turn> kTurns = {
    {"upright", {1, 0, 0, 1}, "rgby", false},
    {"quarter turn clockwise", {0, 1, -1, 0}, "bryg", true},
    {"half turn", {-1, 0, 0, -1}, "ybgr", false},
    {"quarter turn anticlockwise", {0, -1, 1, 0}, "gyrb", true},
    {"mirrored left to right", {-1, 0, 0, 1}, "gryb", false},
    {"mirrored top to bottom", {1, 0, 0, -1}, "byrg", false},
    {"transposed", {0, 1, 1, 0}, "rbgy", true},
    {"transposed across", {0, -1, -1, 0}, "ygbr", true},
};

TEST(MediaPicture, rotation_in_the_track_header_is_applied_once) {
  const MediaFolder media;
  const auto stored =
      media.make("stored.mp4", quadrant_clip_args(64, 48, 10, 0.3) + h264_args());
  for (const Turn& turn : kTurns) {
    SCOPED_TRACE(turn.name);
    const auto clip = media.write("turned.mp4", support::read_bytes(stored));
    const auto& m = turn.map;
    support::set_display_matrix(
        clip, {m[0] * kOne, m[1] * kOne, 0, m[2] * kOne, m[3] * kOne, 0, 0, 0, 1 << 30});
    auto reader = open_video(clip);
    const int width = turn.on_its_side ? 48 : 64;
    expect_size(reader.info().size, width, 112 - width);
    video::Frame frame;
    for (int i = 0; i < 3; ++i) {
      ASSERT_TRUE(reader.read(frame).value());
      expect_size(frame.image.size, width, 112 - width);
      EXPECT_EQ(corner_colours(frame.image), turn.corners);
    }
  }
}

TEST(MediaPicture,
     rotation_in_the_encoded_pictures_is_applied_once_even_beside_a_track_header) {
  const MediaFolder media;
  const auto plain = media.make("plain.ts", quadrant_clip_args(64, 48, 10, 0.3) + h264_args());
  const Arguments mark = {"-i",     plain.string(),
                          "-c",     "copy",
                          "-bsf:v", "h264_metadata=display_orientation=insert:rotate=90"};
  const auto stream = media.make("marked.ts", mark);
  const auto both = media.make("both.mp4", mark);
  const std::string corners = corner_colours(first_frame(stream).image);
  EXPECT_EQ(corners, "gyrb");
  support::set_display_matrix(both, {0, -kOne, 0, kOne, 0, 0, 0, 0, 1 << 30});
  EXPECT_EQ(corner_colours(first_frame(both).image), "gyrb");
}

TEST(MediaPicture, the_exif_orientation_of_a_photo_is_applied_once) {
  const MediaFolder media;
  const auto plain =
      media.make("plain.jpg", quadrant_clip_args(64, 48, 1, 1) + Arguments{"-frames:v", "1"});
  const std::vector<std::string> corners = {"rgby", "gryb", "ybgr", "byrg",
                                            "rbgy", "bryg", "ygbr", "gyrb"};
  for (int tag = 1; tag <= 8; ++tag) {
    SCOPED_TRACE(tag);
    const auto photo = media.write(
        "photo.jpg", support::with_exif_orientation(support::read_bytes(plain), tag));
    auto reader = open_video(photo);
    EXPECT_TRUE(reader.info().photo);
    EXPECT_EQ(reader.info().expected_frames, 1);
    expect_size(reader.info().size, tag >= 5 ? 48 : 64, tag >= 5 ? 64 : 48);
    video::Frame frame;
    ASSERT_TRUE(reader.read(frame).value());
    EXPECT_EQ(corner_colours(frame.image), corners[static_cast<std::size_t>(tag) - 1]);
    EXPECT_FALSE(reader.read(frame).value());
    EXPECT_FALSE(reader.truncated());
  }
}

TEST(MediaPicture, pixels_are_made_square_before_turning) {
  const MediaFolder media;
  const auto clip = [&](const std::string& name, const std::string& aspect) {
    return media.make(name, quadrant_clip_args(64, 48, 10, 0.2) +
                                Arguments{"-vf", "setsar=" + aspect} + h264_args());
  };
  expect_size(first_frame(clip("wide.mp4", "2")).image.size, 128, 48);
  expect_size(first_frame(clip("high.mkv", "1/2")).image.size, 64, 96);
  expect_size(first_frame(clip("pal.ts", "16/11")).image.size, 93, 48);
  const auto turned = clip("turned.mov", "2");
  support::set_display_matrix(turned, {0, kOne, 0, -kOne, 0, 0, 0, 0, 1 << 30});
  const auto frame = first_frame(turned);
  expect_size(frame.image.size, 48, 128);
  EXPECT_EQ(corner_colours(frame.image), "bryg");
}

TEST(MediaPicture, every_common_container_and_codec_is_read) {
  const MediaFolder media;
  const std::vector<std::pair<std::string, Arguments>> kinds = {
      {"a.mp4", h264_args()},
      {"a.mov", {"-c:v", "prores_ks"}},
      {"a.mkv", h264_args()},
      {"hevc.mp4", {"-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hvc1"}},
      {"vp9.webm", {"-c:v", "libvpx-vp9"}},
      {"vp8.webm", {"-c:v", "libvpx"}},
      {"av1.mp4", {"-c:v", "libaom-av1", "-cpu-used", "8"}},
      {"a.avi", {"-c:v", "mpeg4"}},
      {"mjpeg.avi", {"-c:v", "mjpeg", "-pix_fmt", "yuvj420p"}},
      {"a.mjpeg", {"-pix_fmt", "yuvj420p"}},
      {"a.ts", h264_args()},
      {"a.h264", h264_args()},
      {"a.flv", h264_args()},
      {"a.wmv", {"-c:v", "wmv2"}},
      {"a.mpg", {"-c:v", "mpeg2video"}},
      {"a.gif", {}},
      {"a.apng", {}},
  };
  for (const auto& [name, coding] : kinds) {
    SCOPED_TRACE(name);
    auto reader = open_video(media.make(name, quadrant_clip_args(64, 48, 25, 0.4) + coding));
    EXPECT_FALSE(reader.info().photo);
    expect_size(reader.info().size, 64, 48);
    video::Frame frame;
    int count = 0;
    while (reader.read(frame).value()) {
      EXPECT_EQ(corner_colours(frame.image), "rgby");
      EXPECT_NEAR(frame.time.value(), 0.04 * count, 0.011);
      ++count;
    }
    EXPECT_EQ(count, 10);
    EXPECT_FALSE(reader.truncated());
    EXPECT_EQ(reader.damaged(), 0);
  }
}

TEST(MediaPicture, photos_are_a_source_of_one_picture) {
  const MediaFolder media;
  for (const std::string name : {"a.png", "a.jpg", "a.webp", "a.bmp", "a.tiff"}) {
    SCOPED_TRACE(name);
    auto reader = open_video(
        media.make(name, quadrant_clip_args(63, 47, 1, 1) + Arguments{"-frames:v", "1"}));
    EXPECT_TRUE(reader.info().photo);
    EXPECT_EQ(reader.info().expected_frames, 1);
    EXPECT_FALSE(reader.info().duration.has_value());
    expect_size(reader.info().size, 63, 47);
    video::Frame frame;
    ASSERT_TRUE(reader.read(frame).value());
    EXPECT_EQ(frame.time.value(), 0.0);
    EXPECT_EQ(frame.index, 0);
    EXPECT_EQ(corner_colours(frame.image), "rgby");
    EXPECT_FALSE(reader.read(frame).value());
    EXPECT_FALSE(reader.read(frame).value());
  }
}

TEST(MediaPicture, odd_and_tiny_pictures_are_converted_to_their_last_pixel) {
  const MediaFolder media;
  for (const auto& [width, height] : std::vector<std::pair<int, int>>{
           {16, 16}, {17, 19}, {63, 47}, {2, 2}, {3, 5}, {333, 7}}) {
    for (const std::string kind : {"png", "gif", "mkv"}) {
      SCOPED_TRACE(kind);
      const std::string size = std::to_string(width) + "x" + std::to_string(height);
      Arguments making = {"-f", "lavfi", "-i",
                          "color=white:r=5:d=0.4:s=" + size + ",format=rgb24"};
      if (kind == "gif") making = making + Arguments{"-pix_fmt", "gray"};
      if (kind == "png") making = making + Arguments{"-frames:v", "1"};
      if (kind == "mkv") making = making + Arguments{"-pix_fmt", "yuv420p", "-c:v", "ffv1"};
      const auto frame = first_frame(media.make("white." + kind, making));
      expect_size(frame.image.size, width, height);
      for (const std::uint8_t channel : frame.image.rgb) ASSERT_GE(channel, 250);
    }
  }
}

TEST(MediaPicture, colour_matrix_and_range_of_the_stream_are_honoured) {
  const MediaFolder media;
  const Colour truth = {200, 60, 30};
  struct Kind {
    std::string size, matrix, range, pixels;
    bool labelled;
  };
  const std::vector<Kind> kinds = {
      {"64x48", "bt709", "tv", "yuv444p", true},
      {"64x48", "smpte170m", "tv", "yuv420p", true},
      {"64x48", "smpte170m", "pc", "yuv420p", true},
      {"64x48", "bt709", "pc", "yuv420p", true},
      {"64x48", "bt2020nc", "tv", "yuv420p", true},
      {"64x48", "bt709", "tv", "yuv420p10le", true},
      {"64x48", "smpte170m", "tv", "yuv420p", false},
      {"1280x720", "bt709", "tv", "yuv420p", false},
      {"64x48", "smpte170m", "pc", "yuv422p10le", true},
  };
  for (const Kind& kind : kinds) {
    SCOPED_TRACE(kind.size + " " + kind.matrix + " " + kind.range + " " + kind.pixels);
    // The filter's newer versions know this one by its family's name alone.
    const std::string family = kind.matrix == "bt2020nc" ? "bt2020" : kind.matrix;
    Arguments making = {"-f", "lavfi", "-i",
                        "color=0xC83C1E:r=5:d=0.2:s=" + kind.size +
                            ",format=gbrp,scale=out_color_matrix=" + family +
                            ":out_range=" + kind.range + ",format=" + kind.pixels};
    if (kind.labelled) {
      making = making + Arguments{"-colorspace", kind.matrix, "-color_range", kind.range};
    } else {
      making = making + Arguments{"-colorspace", "unknown", "-color_range", "unknown"};
    }
    const auto clip = media.make("colour.mkv", making + Arguments{"-c:v", "ffv1"});
    expect_colour(colour_at(first_frame(clip).image, 0.5, 0.5), truth, 4);
    // Scaled pictures take another code path.
    expect_colour(colour_at(first_frame(clip, {.max_side_px = 30}).image, 0.5, 0.5), truth, 4);
  }
}

TEST(MediaPicture, deep_colour_is_reduced_to_eight_bits_and_its_depth_reported) {
  const MediaFolder media;
  const auto ten =
      media.make("ten.mp4", quadrant_clip_args(64, 48, 10, 0.3) +
                                Arguments{"-c:v", "libx265", "-x265-params", "log-level=none",
                                          "-pix_fmt", "yuv420p10le"});
  EXPECT_EQ(open_video(ten).info().bit_depth, 10);
  EXPECT_EQ(corner_colours(first_frame(ten).image), "rgby");
  const Arguments one = {"-frames:v", "1", "-pix_fmt"};
  const auto deep =
      media.make("deep.png", quadrant_clip_args(64, 48, 1, 1) + one + Arguments{"rgb48be"});
  EXPECT_EQ(open_video(deep).info().bit_depth, 16);
  EXPECT_EQ(corner_colours(first_frame(deep).image), "rgby");
  const auto grey =
      media.make("grey.png", grey_step_clip_args(64, 48, 1, 1) + one + Arguments{"gray"});
  const Colour dark = colour_at(first_frame(grey).image, 0.5, 0.5);
  expect_colour(dark, {5, 5, 5}, 2);
}

TEST(MediaPicture, transparent_parts_become_black) {
  const MediaFolder media;
  const auto half = media.make(
      "half.png", {"-f", "lavfi", "-i", "color=red@0.5:s=64x48,format=rgba", "-frames:v", "1"});
  expect_colour(colour_at(first_frame(half).image, 0.5, 0.5), {127, 0, 0}, 2);
  const auto holes = media.make(
      "holes.gif", {"-f", "lavfi", "-i",
                    "color=white:s=64x48:r=5:d=0.4,format=rgba,geq=r=255:g=255:b=255:a="
                    "'if(lt(X,32),0,255)',split[a][b];[a]palettegen[p];[b][p]paletteuse"});
  const auto frame = first_frame(holes);
  EXPECT_EQ(corner_colours(frame.image), "kwkw");
}

}  // namespace
}  // namespace matside::tests
