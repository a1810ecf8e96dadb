#include "vision/decoder/decoder.h"

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
using support::Bytes;
using support::MediaFolder;
using support::operator+;

media::FileSource open_source(const std::filesystem::path& path) {
  auto source = media::FileSource::open(path);
  if (!source) throw std::runtime_error(source.error().message);
  return std::move(source).value();
}

std::filesystem::path steady_clip(const MediaFolder& media, const std::string& name) {
  return media.make(name, support::steady_clip_args(3.0));
}

Decoder open(const media::FileSource& file, int threads = 1) {
  auto opened = Decoder::open(file, threads, {});
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(opened).value();
}

/// The times of all remaining pictures, in the stream's time base.
std::vector<std::int64_t> decode_times(Decoder& decoder) {
  std::vector<std::int64_t> times;
  while (const AVFrame* picture = decoder.next()) {
    EXPECT_GT(picture->width, 0);
    times.push_back(picture->best_effort_timestamp);
  }
  EXPECT_EQ(decoder.next(), nullptr) << "the end stays the end";
  return times;
}

TEST(Decoder, gives_every_picture_in_presentation_order) {
  const MediaFolder media;
  const media::FileSource file =
      open_source(media.make("a.mp4", support::grey_step_clip_args(64, 48, 10, 3.0) +
                                          support::h264_args("bframes=3")));
  Decoder decoder = open(file);
  const auto times = decode_times(decoder);
  ASSERT_EQ(times.size(), 30U);
  EXPECT_TRUE(std::ranges::is_sorted(times));
  EXPECT_EQ(decoder.damaged(), 0);
  EXPECT_FALSE(decoder.end_is_damaged());
}

TEST(Decoder, continues_after_the_end_at_an_earlier_key_frame) {
  const MediaFolder media;
  const media::FileSource file = open_source(steady_clip(media, "a.mp4"));
  Decoder decoder = open(file);
  const auto all = decode_times(decoder);
  ASSERT_EQ(all.size(), 30U);
  ASSERT_TRUE(decoder.seek(all[25]));
  EXPECT_EQ(decode_times(decoder), std::vector(all.begin() + 20, all.end()));
}

TEST(Decoder, fails_where_demuxer_or_codec_do) {
  const MediaFolder media;
  const media::FileSource text = open_source(media.write("a.mp4", "Dear diary"));
  EXPECT_FALSE(Decoder::open(text, 1, {}));
  const media::FileSource other = open_source(media.make(
      "b.mkv", support::grey_step_clip_args(64, 48, 10, 1.0) + Arguments{"-c:v", "huffyuv"}));
  const auto refused = Decoder::open(other, 1, {});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("encoded as huffyuv"), std::string::npos);
}

TEST(Decoder, skips_pictures_before_the_first_key_frame) {
  const MediaFolder media;
  const auto whole = steady_clip(media, "a.mp4");
  const media::FileSource file =
      open_source(media.make("b.mkv", {"-i", whole.string(), "-c", "copy", "-copyinkf",
                                       "-bsf:v", "noise=drop='lt(n,3)'"}));
  for (const int threads : {1, 4}) {
    SCOPED_TRACE(threads);
    Decoder decoder = open(file, threads);
    const auto times = decode_times(decoder);
    // Of 30 pictures 3 are gone, and 7 refer to what is gone.
    EXPECT_EQ(times.size(), 20U);
    EXPECT_FALSE(decoder.end_is_damaged());
  }
}

TEST(Decoder, skips_pictures_that_cannot_be_decoded_and_counts_them) {
  const MediaFolder media;
  const auto whole = media.make(
      "a.mkv", support::grey_step_clip_args(64, 48, 10, 3.0) + Arguments{"-c:v", "png"});
  Bytes bytes = support::read_bytes(whole);
  const std::string header = "IHDR";
  auto at = bytes.begin();
  for (int n = 0; n < 15; ++n) {
    at = std::search(at, bytes.end(), header.begin(), header.end());
    ASSERT_NE(at, bytes.end());
    if (n >= 10) std::fill(at, at + 4, std::uint8_t{'x'});
    at += 4;
  }
  const auto broken = media.write("b.mkv", bytes);
  for (const int threads : {1, 4}) {
    SCOPED_TRACE(threads);
    const media::FileSource file = open_source(broken);
    Decoder decoder = open(file, threads);
    EXPECT_EQ(decode_times(decoder).size(), 25U);
    EXPECT_EQ(decoder.damaged(), 5);
    EXPECT_FALSE(decoder.end_is_damaged());
  }
}

TEST(Decoder, reports_an_end_that_cannot_be_read) {
  const MediaFolder media;
  const auto clip = media.make("a.mkv", support::large_clip_args());
  const media::FileSource file = open_source(clip);
  Decoder decoder = open(file);
  ASSERT_NE(decoder.next(), nullptr);
  support::break_disk_of(file.descriptor(), clip);
  EXPECT_LT(decode_times(decoder).size(), 39U);
  EXPECT_GT(decoder.damaged(), 0);
  EXPECT_TRUE(decoder.end_is_damaged());
}

}  // namespace
}  // namespace matside::decoder
