// A re-encoded video has the source's times, audio, colours and size, and is upright.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/media_frames.h"
#include "tests/support/media.h"
#include "vision/video/video_writer.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using support::probe;
using Lines = std::vector<std::string>;

/// Writes bytes to a file, up to a limit.
video::WriteAt file_sink(const fs::path& path, std::uint64_t most_bytes = UINT64_MAX) {
  const std::shared_ptr<std::FILE> file(std::fopen(path.c_str(), "wb"), std::fclose);
  return [file, most_bytes](std::uint64_t offset,
                            std::span<const std::uint8_t> bytes) -> base::Result<void> {
    if (offset + bytes.size() > most_bytes) {
      return base::Error{base::ErrorKind::output, "the disk is full"};
    }
    std::fseek(file.get(), static_cast<long>(offset), SEEK_SET);
    std::fwrite(bytes.data(), 1, bytes.size(), file.get());
    std::fflush(file.get());
    return {};
  };
}

/// Splits a command line without quotes into words.
Arguments words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

struct Span {
  double from_s = 0.0;
  double to_s = 1e9;
};

base::Result<void> reencode_to(const video::VideoWriter::Options& options, video::WriteAt sink,
                               Span span = {}) {
  auto reader = open_video(options.source, {.planes = true});
  auto writer = video::VideoWriter::create(options, reader.info(), std::move(sink));
  if (!writer) return writer.error();
  if (span.from_s > 0.0) (void)reader.seek(base::Seconds(span.from_s));
  video::Frame frame;
  while (reader.read(frame).value() && frame.time.value() <= span.to_s) {
    if (auto canvas = writer.value().begin_frame(frame); !canvas) return canvas.error();
    if (auto written = writer.value().write(frame.time); !written) return written;
  }
  const bool whole = span.to_s >= 1e9;
  return writer.value().finish(whole ? video::AudioEnd::end : video::AudioEnd::last_picture);
}

/// Re-encodes the video beside its source, in the container of its name.
fs::path reencode(const MediaFolder& media, const fs::path& source, const std::string& name,
                  video::VideoWriter::Options options = {}, Span span = {}) {
  options.source = source;
  options.target = media.path(name);
  options.container = video::container_of(options.target).value();
  const auto written = reencode_to(options, file_sink(options.target), span);
  EXPECT_TRUE(written.ok()) << written.error().message;
  return options.target;
}

/// Each picture's presentation time, in order, to the microsecond.
Lines picture_times(const fs::path& path) {
  return probe(path, {"-select_streams", "v", "-show_entries", "frame=pts_time"});
}

/// The audio packets: size, time and a digest of each.
Lines audio_packets(const fs::path& path) {
  return probe(path, {"-select_streams", "a", "-show_data_hash", "md5", "-show_entries",
                      "packet=pts_time,size,data_hash"});
}

std::string of_pictures(const fs::path& path, const std::string& entries) {
  const Lines lines =
      probe(path, {"-select_streams", "v", "-show_entries", "stream=" + entries});
  return lines.empty() ? "" : lines.front();
}

const Arguments kTone = {"-f", "lavfi", "-i", "sine=frequency=330:sample_rate=44100"};
const Arguments kUneven = {
    "-vf",   "settb=1/1000,setpts='(40*N+7*N*N)'", "-vsync", "passthrough", "-enc_time_base",
    "1/1000"};

TEST(MediaWriting, even_and_uneven_times_are_kept) {
  const MediaFolder media;
  const Arguments pictures = grey_step_clip_args(48, 32, 30, 1.0, 2);
  const std::vector<std::pair<std::string, Arguments>> kinds = {
      {"even.mp4", h264_args("bframes=3")},
      {"ntsc.mov", Arguments{"-vf", "fps=30000/1001"} + h264_args()},
      {"vfr.mp4", kUneven + h264_args("bframes=3")},
      {"vfr.mkv", kUneven + h264_args()},
      {"a.avi", {"-c:v", "mpeg4"}},
      {"a.webm", {"-c:v", "libvpx-vp9"}}};
  for (const auto& [name, arguments] : kinds) {
    SCOPED_TRACE(name);
    const auto source = media.make(name, pictures + arguments);
    const Lines times = picture_times(source);
    EXPECT_GE(times.size(), 29U);
    EXPECT_EQ(picture_times(reencode(media, source, name + ".out.mp4")), times);
    EXPECT_EQ(picture_times(reencode(media, source, name + ".out.mov")), times);
  }
}

TEST(MediaWriting, matroska_keeps_times_to_a_millisecond) {
  const MediaFolder media;
  const auto source =
      media.make("s.mp4", grey_step_clip_args(48, 32, 30, 1.0, 2) + h264_args());
  const Lines times = picture_times(source);
  const Lines written = picture_times(reencode(media, source, "out.mkv"));
  ASSERT_EQ(written.size(), times.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_NEAR(std::stod(written[i]), std::stod(times[i]), 0.00051);
  }
}

TEST(MediaWriting, audio_is_copied_packet_by_packet) {
  const MediaFolder media;
  const Arguments both = grey_step_clip_args(48, 32, 30, 1.0, 2) + kTone +
                         h264_args("bframes=3") + Arguments{"-shortest", "-c:a"};
  for (const auto& [name, codec] : std::vector<std::pair<std::string, std::string>>{
           {"aac.mp4", "aac"}, {"mp3.mp4", "libmp3lame"}, {"pcm.mov", "pcm_s16le"}}) {
    SCOPED_TRACE(name);
    const auto source = media.make(name, both + Arguments{codec});
    const Lines packets = audio_packets(source);
    ASSERT_GT(packets.size(), 10U);
    const auto written = reencode(media, source, "out." + name);
    EXPECT_EQ(audio_packets(written), packets);
    EXPECT_EQ(picture_times(written), picture_times(source));
  }
}

TEST(MediaWriting, audio_of_a_transport_stream_fits_into_an_mp4) {
  const MediaFolder media;
  const auto source =
      media.make("s.ts", grey_step_clip_args(48, 32, 30, 1.0, 2) + kTone +
                             h264_args("bframes=2") + Arguments{"-shortest", "-c:a", "aac"});
  const auto written = reencode(media, source, "out.mp4");
  const auto heard = [](const fs::path& path) {
    return probe(path, {"-select_streams", "a", "-count_frames", "-show_entries",
                        "stream=nb_read_frames"});
  };
  EXPECT_EQ(heard(written).front(), heard(source).front());
  EXPECT_EQ(picture_times(written).size(), 30U);
}

TEST(MediaWriting, audio_stays_in_sync_when_video_or_both_begin_late) {
  const MediaFolder media;
  const auto clip =
      media.make("clip.mp4", grey_step_clip_args(48, 32, 30, 1.0, 2) + h264_args());
  const auto tone = media.make("tone.m4a", kTone + Arguments{"-t", "1.5", "-c:a", "aac"});
  const auto first = [](const fs::path& path, const std::string& stream) {
    return std::stod(
        probe(path, {"-select_streams", stream, "-show_entries", "frame=pts_time"}).front());
  };
  const Arguments join = {"-i", tone.string(), "-c", "copy"};
  const auto late_pictures =
      media.make("pictures.mp4", Arguments{"-itsoffset", "0.4", "-i", clip.string()} + join);
  const auto written = reencode(media, late_pictures, "out.mp4");
  EXPECT_EQ(picture_times(written), picture_times(late_pictures));
  EXPECT_EQ(audio_packets(written), audio_packets(late_pictures));

  const auto late =
      media.make("late.mkv",
                 Arguments{"-itsoffset", "3.4", "-i", clip.string(), "-itsoffset", "3"} + join);
  const double apart_s = first(late, "v") - first(late, "a");
  ASSERT_NEAR(apart_s, 0.4, 0.03);
  for (const std::string name : {"late.out.mp4", "late.out.mkv"}) {
    SCOPED_TRACE(name);
    const auto early = reencode(media, late, name);
    EXPECT_NEAR(first(early, "v") - first(early, "a"), apart_s, 0.0011);
    EXPECT_NEAR(first(early, "a"), 0.0, 0.03);
  }
}

TEST(MediaWriting, a_part_begins_at_zero_with_the_audio_of_that_part) {
  const MediaFolder media;
  // A beep from 1.0 s to 1.1 s and the picture's number both mark the position.
  const auto source = media.make(
      "s.mp4", grey_step_clip_args(48, 32, 10, 2.0, 4) +
                   Arguments{"-f", "lavfi", "-i",
                             "aevalsrc='if(between(t,1,1.1),sin(2000*t),0)':s=44100:d=2"} +
                   h264_args() + Arguments{"-c:a", "aac"});
  const auto part = reencode(media, source, "part.mp4", {}, {.from_s = 0.5, .to_s = 1.45});
  const auto seen = read_all(part);
  ASSERT_EQ(seen.size(), 10U);
  EXPECT_EQ(seen.front().time_s, 0.0);
  EXPECT_NEAR(seen.front().grey, read_all(source)[5].grey, 1);
  const auto wave = media.make("part.wav", {"-i", part.string(), "-ac", "1", "-ar", "8000"});
  const Bytes samples = support::read_bytes(wave);
  std::size_t first = 0;
  for (std::size_t at = 100; at + 1 < samples.size() && first == 0; at += 2) {
    const int value = static_cast<std::int16_t>(samples[at] | samples[at + 1] << 8);
    if (std::abs(value) > 3000) first = at;
  }
  EXPECT_NEAR(static_cast<double>(first - 78) / 2.0 / 8000.0, 0.5, 0.01);
  EXPECT_NEAR(static_cast<double>(samples.size() - 78) / 2.0 / 8000.0, 1.0, 0.05);
}

TEST(MediaWriting, a_container_that_cannot_hold_the_audio_is_refused_with_alternatives) {
  const MediaFolder media;
  const auto source =
      media.make("s.mov", grey_step_clip_args(48, 32, 30, 0.2, 2) + kTone + h264_args() +
                              Arguments{"-t", "0.2", "-c:a", "pcm_u8"});
  const auto refused =
      reencode_to({.source = source, .target = "out.mp4"}, file_sink(media.path("out.mp4")));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::output);
  EXPECT_EQ(refused.error().message,
            "out.mp4: cannot be written: .mp4 files cannot hold this audio codec (pcm_u8); "
            "use .mov or .mkv, or leave out the sound with --no-sound");
  const auto silent = reencode(media, source, "silent.mp4", {.sound = false});
  EXPECT_EQ(audio_packets(silent), Lines());
  EXPECT_EQ(picture_times(silent).size(), 6U);
}

TEST(MediaWriting, recordings_joined_end_to_end_have_rising_times_with_their_audio) {
  const MediaFolder media;
  const auto part =
      media.make("part.ts", grey_step_clip_args(48, 32, 10, 2.0) + kTone + h264_args() +
                                Arguments{"-shortest", "-c:a", "mp2"});
  Bytes joined = support::read_bytes(part);
  const Bytes again = joined;
  joined.insert(joined.end(), again.begin(), again.end());
  const auto written = reencode(media, media.write("joined.ts", joined), "out.mp4");
  const auto seen = read_all(written);
  EXPECT_EQ(seen.size(), 40U);
  EXPECT_NEAR(seen.back().time_s, 3.9, 0.3);
  constexpr double kPackets = 4.0 * 44100.0 / 1152.0;
  EXPECT_NEAR(static_cast<double>(audio_packets(written).size()), kPackets, 3.0);
}

TEST(MediaWriting, a_recording_stored_rotated_is_written_upright_without_a_rotation_tag) {
  constexpr int kOne = 65536;
  const MediaFolder media;
  const auto stored = media.make("s.mp4", quadrant_clip_args(64, 48, 10, 0.5) + h264_args());
  for (const auto& matrix :
       std::vector<std::array<std::int32_t, 9>>{{0, kOne, 0, -kOne, 0, 0, 0, 0, 1 << 30},
                                                {-kOne, 0, 0, 0, -kOne, 0, 0, 0, 1 << 30},
                                                {0, -kOne, 0, kOne, 0, 0, 0, 0, 1 << 30}}) {
    const auto source = media.write("turned.mp4", support::read_bytes(stored));
    support::set_display_matrix(source, matrix);
    const auto written = reencode(media, source, "out.mp4");
    EXPECT_EQ(corner_colours(first_frame(written).image),
              corner_colours(first_frame(source).image));
    EXPECT_EQ(first_frame(written).image.size, first_frame(source).image.size);
    EXPECT_EQ(probe(written, {"-show_entries", "stream_side_data_list:stream_tags=rotate"}),
              Lines());
  }
}

TEST(MediaWriting, pictures_can_be_rotated_by_quarter_turns) {
  const MediaFolder media;
  const auto source = media.make("s.mp4", quadrant_clip_args(64, 48, 10, 0.5) + h264_args());
  ASSERT_EQ(corner_colours(first_frame(source).image), "rgby");
  const auto written = reencode(media, source, "out.mp4", {.quarter_turns = 1});
  EXPECT_EQ(corner_colours(first_frame(written).image), "bryg");
  expect_size(first_frame(written).image.size, 48, 64);
}

/// The colours at the centres of the four quadrants, as players show them.
std::vector<Colour> shown_colours(const fs::path& path) {
  const auto image = first_frame(path).image;
  std::vector<Colour> colours;
  for (const double y : {0.25, 0.75}) {
    for (const double x : {0.25, 0.75}) colours.push_back(colour_at(image, x, y));
  }
  return colours;
}

TEST(MediaWriting, colours_range_and_matrix_are_those_of_the_source) {
  const MediaFolder media;
  const std::string tags = "color_range,color_space,color_transfer,color_primaries";
  const auto x264 = [](const std::string& filter, const std::string& more) {
    return Arguments{"-vf", filter} + words_of(more);
  };
  const std::vector<std::pair<std::string, Arguments>> kinds = {
      {"phone.mp4",
       x264("scale=out_range=full:out_color_matrix=bt709",
            "-c:v libx264 -qp 4 -pix_fmt yuvj420p -color_range pc -colorspace bt709 "
            "-color_trc bt709 -color_primaries bt709")},
      {"plain.mp4", x264("null", "-c:v libx264 -qp 4 -pix_fmt yuv420p")},
      {"sd.mkv", x264("scale=out_color_matrix=smpte170m",
                      "-c:v libx264 -qp 4 -pix_fmt yuv420p -colorspace smpte170m")},
      {"deep.mp4", x264("scale=out_color_matrix=bt2020",
                        "-c:v libx264 -qp 4 -pix_fmt yuv420p10le -colorspace bt2020nc "
                        "-color_trc arib-std-b67 -color_primaries bt2020")}};
  for (const auto& [name, arguments] : kinds) {
    SCOPED_TRACE(name);
    const auto source = media.make(name, quadrant_clip_args(64, 48, 10, 0.3) + arguments);
    const auto written = reencode(media, source, "out.mp4");
    const std::string said = of_pictures(written, tags);
    const std::string wanted = of_pictures(source, tags);
    EXPECT_EQ(name == "plain.mp4" ? "tv" + said.substr(said.find(',')) : said,
              name == "plain.mp4" ? "tv" + wanted.substr(wanted.find(',')) : wanted);
    EXPECT_EQ(of_pictures(written, "codec_name"), "h264");
    const auto before = shown_colours(source);
    const auto after = shown_colours(written);
    for (std::size_t i = 0; i < before.size(); ++i) expect_colour(after[i], before[i], 4);
  }
}

TEST(MediaWriting, pictures_of_any_kind_and_size_can_be_written) {
  const MediaFolder media;
  const std::vector<std::tuple<std::string, Arguments, base::ImageSize>> kinds = {
      {"odd.mkv", words_of("-vf crop=63:47:0:0 -c:v ffv1 -pix_fmt yuv420p"), {64, 48}},
      {"a.gif", {}, {64, 48}},
      {"rgb.mov", words_of("-c:v png -pix_fmt rgb24"), {64, 48}},
      {"oblong.mp4", Arguments{"-vf", "setsar=2"} + h264_args(), {128, 48}},
      {"four.mkv", words_of("-c:v ffv1 -pix_fmt yuv444p"), {64, 48}},
      {"large.mkv",
       words_of("-vf scale=2560:1920 -c:v mjpeg -frames:v 2 -pix_fmt yuvj420p"),
       {1920, 1440}}};
  for (const auto& [name, arguments, size] : kinds) {
    SCOPED_TRACE(name);
    const auto source = media.make(name, quadrant_clip_args(64, 48, 10, 0.3) + arguments);
    const auto written = reencode(media, source, "out.mp4");
    EXPECT_EQ(first_frame(written).image.size, size);
    EXPECT_EQ(picture_times(written), picture_times(source));
    const auto before = shown_colours(source);
    const auto after = shown_colours(written);
    for (std::size_t i = 0; i < before.size(); ++i) expect_colour(after[i], before[i], 6);
  }
}

TEST(MediaWriting, a_full_disk_is_reported_at_once) {
  const MediaFolder media;
  const auto source =
      media.make("s.mp4", grey_step_clip_args(64, 48, 10, 3.0, 4) + h264_args());
  for (const std::uint64_t most_bytes : {0UL, 2000UL}) {
    const auto failed = reencode_to({.source = source, .target = "out.mp4"},
                                    file_sink(media.path("out.mp4"), most_bytes));
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().message, "the disk is full");
  }
}

TEST(MediaWriting, nothing_is_printed_to_the_terminal) {
  const MediaFolder media;
  const auto source = media.make("s.mp4", grey_step_clip_args(48, 32, 10, 1.0) + kTone +
                                              h264_args() + Arguments{"-t", "1"});
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  reencode(media, source, "out.mp4");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(MediaWriting, the_file_extension_selects_the_container) {
  EXPECT_EQ(video::container_of("a/b.MP4"), video::Container::mp4);
  EXPECT_EQ(video::container_of("b.mov"), video::Container::mov);
  EXPECT_EQ(video::container_of("b.c.mkv"), video::Container::mkv);
  EXPECT_EQ(video::container_of("b.avi"), std::nullopt);
  EXPECT_EQ(video::container_of("mp4"), std::nullopt);
}

}  // namespace
}  // namespace matside::tests
