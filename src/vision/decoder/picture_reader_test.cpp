#include "vision/decoder/picture_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/media.h"
#include "vision/media/file_source.h"

namespace matside::decoder {
namespace {

using support::Arguments;
using support::grey_step_clip_args;
using support::h264_args;
using support::MediaFolder;
using support::quadrant_clip_args;
using support::operator+;
using ::testing::HasSubstr;

struct Seen {
  std::int64_t index;
  double time_s;
  int grey;
};

media::FileSource open_source(const std::filesystem::path& path) {
  auto source = media::FileSource::open(path);
  if (!source) throw std::runtime_error(source.error().message);
  return std::move(source).value();
}

std::filesystem::path steady_clip(const MediaFolder& media, const std::string& name) {
  return media.make(name, support::steady_clip_args(3.0));
}

PictureReader open(const std::filesystem::path& path, Options options = {}) {
  auto opened = PictureReader::open(open_source(path), std::move(options));
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(opened).value();
}

std::string refusal(const std::filesystem::path& path) {
  const auto opened = PictureReader::open(open_source(path), {});
  if (opened) return "was opened";
  EXPECT_EQ(opened.error().kind, base::ErrorKind::input);
  return opened.error().message;
}

/// All remaining pictures, with the brightness of their first pixel.
std::vector<Seen> read_all(PictureReader& reader) {
  std::vector<Seen> seen;
  media::Frame frame;
  while (true) {
    const auto more = reader.read(frame);
    if (!more) throw std::runtime_error(more.error().message);
    if (!more.value()) return seen;
    EXPECT_EQ(frame.image.size.width_px, reader.info().image_size.width_px);
    seen.push_back({frame.index, frame.time.value(), frame.image.row(0)[0]});
  }
}

TEST(PictureReader, describes_a_video_and_reads_its_pictures) {
  const MediaFolder media;
  int alive = 0;
  PictureReader reader =
      open(steady_clip(media, "a.mp4"), {.max_side_px = 32, .alive = [&] { ++alive; }});
  const media::VideoInfo& info = reader.info();
  EXPECT_EQ(info.codec, "h264");
  EXPECT_EQ(info.container, "mov,mp4,m4a,3gp,3g2,mj2");
  EXPECT_FALSE(info.photo);
  EXPECT_EQ(info.expected_frames, 30);
  EXPECT_NEAR(info.average_rate_hz.value(), 10.0, 1e-6);
  EXPECT_NEAR(info.duration.value().value(), 3.0, 0.01);
  EXPECT_EQ(info.size.width_px, 64);
  EXPECT_EQ(info.image_size.width_px, 32);
  EXPECT_EQ(info.image_size.height_px, 24);
  const auto seen = read_all(reader);
  ASSERT_EQ(seen.size(), 30U);
  for (std::size_t n = 0; n < seen.size(); ++n) {
    EXPECT_EQ(seen[n].index, static_cast<std::int64_t>(n));
    EXPECT_NEAR(seen[n].time_s, 0.1 * static_cast<double>(n), 1e-6);
    EXPECT_TRUE(n == 0 || seen[n].grey > seen[n - 1].grey);
  }
  EXPECT_GE(alive, 30);
  EXPECT_FALSE(reader.truncated());
  EXPECT_EQ(reader.damaged(), 0);
}

TEST(PictureReader, takes_what_a_container_leaves_out_from_the_rest) {
  const MediaFolder media;
  const Arguments clip = grey_step_clip_args(64, 48, 10, 2.0);
  const PictureReader matroska = open(media.make("a.mkv", clip + h264_args()));
  EXPECT_EQ(matroska.info().expected_frames, 20) << "of duration and rate";
  EXPECT_NEAR(matroska.info().duration.value().value(), 2.0, 0.01);
  PictureReader bare = open(media.make("a.h264", clip + h264_args()));
  EXPECT_FALSE(bare.info().duration.has_value());
  EXPECT_FALSE(bare.info().expected_frames.has_value());
  EXPECT_EQ(read_all(bare).size(), 20U);
}

TEST(PictureReader, reads_a_photo_once_and_again_after_a_seek) {
  const MediaFolder media;
  PictureReader reader = open(
      media.make("a.jpg", quadrant_clip_args(64, 48, 1, 1.0) + Arguments{"-frames:v", "1"}));
  EXPECT_TRUE(reader.info().photo);
  EXPECT_EQ(reader.info().expected_frames, 1);
  EXPECT_FALSE(reader.info().duration.has_value());
  EXPECT_EQ(read_all(reader).size(), 1U);
  EXPECT_EQ(read_all(reader).size(), 0U);
  ASSERT_TRUE(reader.seek(base::Seconds(5.0)));
  EXPECT_EQ(read_all(reader).size(), 1U);
}

TEST(PictureReader, gives_planes_where_the_source_has_them) {
  const MediaFolder media;
  PictureReader reader = open(steady_clip(media, "a.mp4"), {.planes = true});
  media::Frame frame;
  for (int n = 0; n < 3; ++n) {
    ASSERT_TRUE(reader.read(frame).value());
    ASSERT_TRUE(frame.planes.has_value());
    EXPECT_EQ(frame.view().size().width_px, 64);
  }
  PictureReader colours =
      open(media.make("a.png", quadrant_clip_args(64, 48, 1, 1.0) +
                                   Arguments{"-frames:v", "1", "-pix_fmt", "rgb24"}),
           {.planes = true});
  ASSERT_TRUE(colours.read(frame).value());
  EXPECT_FALSE(frame.planes.has_value());
  EXPECT_EQ(frame.image.size.width_px, 64);
  EXPECT_GT(frame.image.row(4)[4 * 3], 200) << "the first quarter is red";
}

TEST(PictureReader, turns_pictures_by_the_mark_in_the_track_or_in_the_stream) {
  constexpr std::int32_t kOne = 1 << 16;
  const MediaFolder media;
  const auto clip = steady_clip(media, "a.mp4");
  support::set_display_matrix(clip, {0, kOne, 0, -kOne, 0, 0, 0, 0, 1 << 30});
  const PictureReader track = open(clip);
  EXPECT_EQ(track.info().size.width_px, 48);
  EXPECT_EQ(track.info().orientation, image::nearest_orientation(0, 1, -1, 0));
  const auto plain = steady_clip(media, "a.ts");
  const PictureReader stream =
      open(media.make("b.ts", {"-i", plain.string(), "-c", "copy", "-bsf:v",
                               "h264_metadata=display_orientation=insert:rotate=90"}));
  EXPECT_EQ(stream.info().size.width_px, 48);
  EXPECT_TRUE(stream.info().orientation.transposed);
}

TEST(PictureReader, seeks_to_the_same_pictures_as_when_reading_from_the_start) {
  const MediaFolder media;
  const Arguments clip = grey_step_clip_args(64, 48, 10, 3.0);
  for (const auto& [name, coding] :
       {std::pair<std::string, Arguments>{"index.mp4", h264_args("bframes=2:keyint=7")},
        {"long.mkv", h264_args("bframes=2:keyint=100")},
        {"counted.avi", {"-c:v", "mpeg4", "-bf", "2"}},
        {"unsteady.ts", h264_args("keyint=10")},
        {"bare.h264", h264_args("bframes=0:keyint=10")}}) {
    PictureReader reader = open(media.make(name, clip + coding));
    const auto all = read_all(reader);
    ASSERT_EQ(all.size(), 30U) << name;
    for (const std::size_t from : {17U, 3U, 0U, 29U}) {
      SCOPED_TRACE(name + " from " + std::to_string(from));
      ASSERT_TRUE(reader.seek(base::Seconds(all[from].time_s)));
      const auto seen = read_all(reader);
      ASSERT_EQ(seen.size(), all.size() - from);
      for (std::size_t i = 0; i < seen.size(); ++i) {
        EXPECT_EQ(seen[i].index, all[from + i].index);
        EXPECT_EQ(seen[i].grey, all[from + i].grey);
        EXPECT_NEAR(seen[i].time_s, all[from + i].time_s, 1e-9);
      }
    }
    ASSERT_TRUE(reader.seek(base::Seconds(1000.0)));
    EXPECT_TRUE(read_all(reader).empty());
  }
}

TEST(PictureReader, refuses_what_has_no_picture_to_decode) {
  const MediaFolder media;
  EXPECT_THAT(refusal(media.write("a.txt", "Dear diary")), HasSubstr("is not a video"));
  const auto clip = steady_clip(media, "a.mp4");
  support::Bytes hollow = support::read_bytes(
      media.make("b.mp4", {"-i", clip.string(), "-c", "copy", "-movflags", "+faststart"}));
  const std::string data = "mdat";
  const auto box = std::search(hollow.begin(), hollow.end(), data.begin(), data.end());
  ASSERT_NE(box, hollow.end());
  std::fill(box + 4, hollow.end(), std::uint8_t{0});
  EXPECT_EQ(refusal(media.write("hollow.mp4", hollow)),
            "none of its frames (h264) can be decoded: the file is damaged or truncated");
}

TEST(PictureReader, refuses_pictures_that_grow_beyond_the_limit_when_made_square) {
  const MediaFolder media;
  EXPECT_THAT(refusal(media.make("a.mp4", grey_step_clip_args(4096, 64, 1, 1.0) +
                                              Arguments{"-vf", "setsar=6/1"} + h264_args())),
              HasSubstr("its picture is 24576 x 64 pixels; the limit is 16384"));
}

TEST(PictureReader, says_that_a_recording_ends_too_early) {
  const MediaFolder media;
  const auto clip = media.make("a.mkv", support::large_clip_args());
  PictureReader cut = open(media.cut(clip, "cut.mkv", 0.6));
  const std::size_t count = read_all(cut).size();
  EXPECT_GT(count, 15U);
  EXPECT_LT(count, 35U);
  EXPECT_TRUE(cut.truncated());
}

TEST(PictureReader, fails_to_seek_on_a_damaged_disk_and_then_has_no_pictures) {
  const MediaFolder media;
  const auto clip = steady_clip(media, "a.mp4");
  media::FileSource file = open_source(clip);
  const int descriptor = file.descriptor();
  auto opened = PictureReader::open(std::move(file), {});
  ASSERT_TRUE(opened);
  PictureReader& reader = opened.value();
  support::break_disk_of(descriptor, clip);
  const auto sought = reader.seek(base::Seconds(1.0));
  ASSERT_FALSE(sought);
  EXPECT_EQ(sought.error().kind, base::ErrorKind::input);
  EXPECT_TRUE(read_all(reader).empty());
  EXPECT_FALSE(reader.truncated());
  EXPECT_EQ(reader.damaged(), 0);
}

}  // namespace
}  // namespace matside::decoder
