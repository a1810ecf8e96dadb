// Truncated and damaged recordings are read as far as possible.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/media_frames.h"
#include "tests/support/media.h"

namespace matside::tests {
namespace {

const Arguments kIndexFirst = {"-movflags", "+faststart"};
const Arguments kFragments = {"-movflags", "+frag_keyframe+empty_moov"};

TEST(MediaCut, a_truncated_recording_is_read_up_to_its_end) {
  const MediaFolder media;
  // Noise, so that every picture has many bytes.
  const Arguments source = {"-f", "lavfi", "-i",
                            "testsrc2=s=128x96:r=10:d=4,noise=alls=40:allf=t"};
  const std::vector<std::pair<std::string, Arguments>> kinds = {
      {"a.mp4", h264_args("bframes=2:keyint=10") + kIndexFirst},
      {"a.mov", Arguments{"-c:v", "mjpeg", "-pix_fmt", "yuvj420p"} + kIndexFirst},
      {"fragments.mp4", h264_args("keyint=5") + kFragments},
      {"a.mkv", h264_args("bframes=2:keyint=10")},
      {"a.webm", {"-c:v", "libvpx", "-b:v", "2M"}},
      {"a.ts", h264_args("keyint=10")},
      {"a.avi", {"-c:v", "mpeg4", "-q:v", "4"}},
      {"a.flv", h264_args("keyint=10")},
      {"a.ogv", {"-c:v", "libtheora", "-q:v", "6"}},
      {"a.gif", {}},
      {"a.mjpeg", {"-pix_fmt", "yuvj420p"}},
  };
  for (const auto& [name, coding] : kinds) {
    SCOPED_TRACE(name);
    const auto whole = media.make(name, source + coding);
    auto reader = open_video(whole);
    const auto all = read_all(reader);
    EXPECT_GE(all.size(), 39u);
    EXPECT_FALSE(reader.truncated());
    EXPECT_EQ(reader.damaged(), 0);

    // 0.6003, so that the cut is not at the end of a 188-byte packet.
    auto cut = open_video(media.cut(whole, "cut_" + name, 0.6003));
    const auto seen = read_all(cut);
    EXPECT_TRUE(cut.truncated());
    EXPECT_FALSE(cut.stopped());
    EXPECT_GT(seen.size(), all.size() * 3 / 10);
    EXPECT_LT(seen.size(), all.size() * 8 / 10);
    for (std::size_t i = 0; i + 1 < seen.size(); ++i) {
      EXPECT_NEAR(seen[i].time_s, all[i].time_s, 1e-9);
      EXPECT_EQ(seen[i].grey, all[i].grey) << i;
    }
  }
}

TEST(MediaCut, a_video_without_its_index_is_refused_with_a_remedy) {
  const MediaFolder media;
  const auto whole = media.make("a.mp4", grey_step_clip_args(64, 64, 10, 4.0) + h264_args());
  const auto opened = video::VideoReader::open(media.cut(whole, "cut.mp4", 0.5));
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().kind, base::ErrorKind::input);
  EXPECT_NE(opened.error().message.find("index is missing"), std::string::npos);
}

TEST(MediaCut, damage_in_the_middle_is_skipped) {
  const MediaFolder media;
  for (const std::string name : {"a.mp4", "a.mkv", "a.ts", "a.avi"}) {
    SCOPED_TRACE(name);
    const auto whole =
        media.make(name, Arguments{"-f", "lavfi", "-i", "testsrc2=s=128x96:r=10:d=4"} +
                             h264_args("keyint=5") + kIndexFirst);
    Bytes bytes = support::read_bytes(whole);
    const auto middle = bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2);
    std::fill(middle, middle + static_cast<std::ptrdiff_t>(bytes.size() / 20),
              std::uint8_t{0xA5});
    auto reader = open_video(media.write("damaged_" + name, bytes));
    const auto seen = read_all(reader);
    EXPECT_GE(seen.size(), 30u);
    EXPECT_GT(seen.back().time_s, 3.8);
    EXPECT_FALSE(reader.truncated());
  }
}

TEST(MediaCut, a_truncated_photo_is_read_and_reported_as_truncated) {
  const MediaFolder media;
  const auto whole = media.make(
      "a.jpg", {"-f", "lavfi", "-i", "testsrc2=s=640x480", "-frames:v", "1", "-q:v", "2"});
  auto reader = open_video(media.cut(whole, "cut.jpg", 0.7));
  EXPECT_EQ(read_all(reader).size(), 1u);
  EXPECT_TRUE(reader.truncated());
}

TEST(MediaCut, a_live_recording_of_unknown_length_is_complete) {
  const MediaFolder media;
  const auto clip =
      media.make("live.webm", grey_step_clip_args(64, 64, 10, 2.0) +
                                  Arguments{"-c:v", "libvpx", "-g", "5", "-live", "1"});
  auto reader = open_video(clip);
  EXPECT_FALSE(reader.info().duration.has_value());
  EXPECT_FALSE(reader.info().expected_frames.has_value());
  const auto all = read_all(reader);
  EXPECT_EQ(all.size(), 20u);
  EXPECT_FALSE(reader.truncated());
  ASSERT_TRUE(reader.seek(base::Seconds(1.0)).ok());
  EXPECT_EQ(read_all(reader).size(), 10u);
}

TEST(MediaCut, bytes_after_the_end_are_not_a_truncation) {
  const MediaFolder media;
  for (const std::string name : {"a.mp4", "a.mkv", "a.avi"}) {
    SCOPED_TRACE(name);
    Bytes bytes = support::read_bytes(
        media.make(name, grey_step_clip_args(64, 64, 10, 1.0) + h264_args()));
    bytes.resize(bytes.size() + 37);
    auto reader = open_video(media.write("longer_" + name, bytes));
    EXPECT_EQ(read_all(reader).size(), 10u);
    EXPECT_FALSE(reader.truncated());
  }
}

}  // namespace
}  // namespace matside::tests
