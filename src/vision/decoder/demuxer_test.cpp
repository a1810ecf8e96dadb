#include "vision/decoder/demuxer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
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
using support::grey_step_clip_args;
using support::h264_args;
using support::MediaFolder;
using support::operator+;
using ::testing::HasSubstr;

const Arguments kTone = {"-f", "lavfi", "-i", "sine=d=1"};

media::FileSource open_source(const std::filesystem::path& path) {
  auto source = media::FileSource::open(path);
  if (!source) throw std::runtime_error(source.error().message);
  return std::move(source).value();
}

std::filesystem::path steady_clip(const MediaFolder& media, const std::string& name) {
  return media.make(name, support::steady_clip_args(3.0));
}

std::unique_ptr<Demuxer> open(const media::FileSource& file) {
  auto opened = Demuxer::open(file, {});
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(opened).value();
}

/// Why the pictures of a file are not opened: one line that doesn't name the file.
std::string refusal(const std::filesystem::path& path) {
  const media::FileSource file = open_source(path);
  const auto opened = Demuxer::open(file, {});
  if (opened) return "was opened";
  EXPECT_EQ(opened.error().kind, base::ErrorKind::input);
  EXPECT_EQ(opened.error().message.find(path.filename().string()), std::string::npos);
  EXPECT_EQ(opened.error().message.find('\n'), std::string::npos);
  return opened.error().message;
}

/// Why a file's pictures are not decoded.
std::string decoder_refusal(const std::filesystem::path& path) {
  const media::FileSource file = open_source(path);
  const auto decoder = open(file)->make_decoder(1);
  if (decoder) return "is decoded";
  EXPECT_EQ(decoder.error().kind, base::ErrorKind::input);
  return decoder.error().message;
}

/// Reads to the end. @returns the times of the packets, in the stream's time base
std::vector<std::int64_t> read_times(Demuxer& demuxer) {
  const media::PacketPtr packet(av_packet_alloc());
  std::vector<std::int64_t> times;
  while (demuxer.read(*packet) == Demuxer::Outcome::packet) {
    EXPECT_EQ(packet->stream_index, demuxer.stream().index);
    EXPECT_GT(packet->size, 0);
    times.push_back(packet->pts);
  }
  EXPECT_EQ(demuxer.read(*packet), Demuxer::Outcome::end);
  return times;
}

/// The file with every mark of an encoding replaced by another of the same length.
Bytes with_encoding(const std::filesystem::path& clip, const std::string& from,
                    const std::string& to) {
  Bytes bytes = support::read_bytes(clip);
  int replaced = 0;
  for (auto at = bytes.begin();; ++replaced) {
    at = std::search(at, bytes.end(), from.begin(), from.end());
    if (at == bytes.end()) break;
    at = std::copy(to.begin(), to.end(), at);
  }
  EXPECT_GT(replaced, 0) << from;
  return bytes;
}

TEST(Demuxer, reads_the_packets_of_the_pictures_alone) {
  const MediaFolder media;
  media.write("words.srt", "1\n00:00:00,000 --> 00:00:01,000\nKick\n");
  const auto clip = media.make(
      "a.mkv", grey_step_clip_args(64, 48, 10, 1.0) + kTone + Arguments{"-i", "words.srt"} +
                   h264_args("bframes=2") + Arguments{"-map", "0", "-map", "1", "-map", "2"});
  const media::FileSource file = open_source(clip);
  int alive = 0;
  const auto opened = Demuxer::open(file, [&] { ++alive; });
  ASSERT_TRUE(opened) << opened.error().message;
  Demuxer& demuxer = *opened.value();
  EXPECT_EQ(demuxer.format().nb_streams, 3U);
  EXPECT_EQ(demuxer.stream().codecpar->codec_type, AVMEDIA_TYPE_VIDEO);
  EXPECT_EQ(read_times(demuxer).size(), 10U);
  EXPECT_GE(alive, 11) << "it is called for each packet and at the end";
}

TEST(Demuxer, goes_back_to_the_key_frame_before_a_time) {
  const MediaFolder media;
  const media::FileSource file = open_source(steady_clip(media, "a.mp4"));
  const auto demuxer = open(file);
  const std::vector<std::int64_t> all = read_times(*demuxer);
  ASSERT_EQ(all.size(), 30U);
  ASSERT_TRUE(demuxer->seek(all[17]));
  EXPECT_EQ(read_times(*demuxer), std::vector(all.begin() + 10, all.end()));
  ASSERT_TRUE(demuxer->seek(all[0]));
  EXPECT_EQ(read_times(*demuxer), all);
}

TEST(Demuxer, distinguishes_photos_and_formats_without_a_steady_clock) {
  const MediaFolder media;
  const Arguments clip = grey_step_clip_args(64, 48, 10, 1.0);
  struct Kind {
    std::string name;
    Arguments coding;
    bool photo;
    bool steady;
  };
  for (const Kind& kind : {Kind{"a.mp4", h264_args(), false, true},
                           {"a.ts", h264_args(), false, false},
                           {"a.mjpeg", {"-pix_fmt", "yuvj420p"}, false, false},
                           {"a.jpg", {"-frames:v", "1"}, true, false},
                           {"a.png", {"-frames:v", "1"}, true, false}}) {
    SCOPED_TRACE(kind.name);
    const media::FileSource file = open_source(media.make(kind.name, clip + kind.coding));
    const auto demuxer = open(file);
    EXPECT_EQ(demuxer->is_photo(), kind.photo);
    EXPECT_EQ(demuxer->has_steady_clock(), kind.steady);
    EXPECT_FALSE(demuxer->orientation());
    EXPECT_FALSE(demuxer->cut_off());
  }
}

TEST(Demuxer, states_the_orientation_of_the_track_header) {
  constexpr std::int32_t kOne = 1 << 16;
  const MediaFolder media;
  const auto clip = steady_clip(media, "a.mp4");
  support::set_display_matrix(clip, {0, kOne, 0, -kOne, 0, 0, 0, 0, 1 << 30});
  const media::FileSource file = open_source(clip);
  const auto orientation = open(file)->orientation();
  ASSERT_TRUE(orientation.has_value());
  EXPECT_EQ(*orientation, image::nearest_orientation(0, 1, -1, 0));
}

TEST(Demuxer, opens_the_sound_that_belongs_to_the_pictures) {
  const MediaFolder media;
  const Arguments clip = grey_step_clip_args(64, 48, 10, 1.0);
  const media::FileSource both = open_source(
      media.make("both.mp4", clip + kTone + h264_args() + Arguments{"-c:a", "aac"}));
  const auto sound = Demuxer::open_audio(both);
  ASSERT_TRUE(sound) << sound.error().message;
  ASSERT_NE(sound.value(), nullptr);
  EXPECT_EQ(sound.value()->stream().codecpar->codec_type, AVMEDIA_TYPE_AUDIO);
  EXPECT_GT(read_times(*sound.value()).size(), 30U);

  const media::FileSource silent = open_source(media.make("silent.mp4", clip + h264_args()));
  const auto none = Demuxer::open_audio(silent);
  ASSERT_TRUE(none) << none.error().message;
  EXPECT_EQ(none.value(), nullptr);

  const media::FileSource text = open_source(media.write("a.txt", "Dear diary"));
  const auto refused = Demuxer::open_audio(text);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("is not a video or photo"));
}

TEST(Demuxer, refuses_what_is_not_read_with_the_reason) {
  const MediaFolder media;
  const Arguments clip = grey_step_clip_args(64, 48, 10, 0.4);
  const std::string unknown = "is not a video or photo in a known format";
  EXPECT_THAT(refusal(media.write("a.txt", "Dear diary, today I kicked.\n")),
              HasSubstr(unknown));
  EXPECT_THAT(refusal(media.write("zeros.mp4", Bytes(5000, 0))), HasSubstr(unknown));
  EXPECT_THAT(refusal(media.write("list.m3u8", "#EXTM3U\n#EXTINF:1.0,\na.ts\n")),
              HasSubstr("is a playlist that refers to other files"));
  EXPECT_THAT(refusal(media.write("list.mp4", "#EXTM3U\nunknown to FFmpeg without its name\n")),
              HasSubstr("is a playlist that refers to other files"));
  EXPECT_THAT(refusal(media.make("a.nut", clip)),
              HasSubstr("is in the format nut, which Matside can't read. It reads MP4, MOV"));
  Bytes heic = {0,   0,   0,   24,  'f', 't', 'y', 'p', 'h', 'e', 'i', 'c', 0,   0,   0,   0,
                'm', 'i', 'f', '1', 'h', 'e', 'i', 'c', 0,   0,   0,   12,  'm', 'e', 't', 'a'};
  heic.resize(200);
  EXPECT_THAT(refusal(media.write("a.heic", heic)), HasSubstr("export the photo as JPEG"));
}

TEST(Demuxer, refuses_files_without_pictures) {
  const MediaFolder media;
  const std::string sound = "has sound but no picture; choose a video";
  EXPECT_EQ(refusal(media.make("a.wav", kTone)), sound) << "by its format";
  EXPECT_EQ(refusal(media.make("a.m4a", kTone)), sound) << "by its streams";
  media.write("words.srt", "1\n00:00:00,000 --> 00:00:01,000\nKick\n");
  EXPECT_EQ(refusal(media.make("words.mkv", {"-i", "words.srt"})),
            "contains no picture; choose a video or a photo");
}

TEST(Demuxer, refuses_a_damaged_start_with_the_reason) {
  const MediaFolder media;
  const auto clip = steady_clip(media, "a.mp4");
  EXPECT_THAT(refusal(media.cut(clip, "unfinished.mp4", 0.5)),
              HasSubstr("the recording was not finished: its index is missing"));
  Bytes no_tracks = support::read_bytes(clip);
  const std::string movie = "moov";
  const auto index =
      std::search(no_tracks.begin(), no_tracks.end(), movie.begin(), movie.end());
  ASSERT_NE(index, no_tracks.end());
  std::fill(index + 4, no_tracks.end(), std::uint8_t{0});
  EXPECT_THAT(refusal(media.write("no_tracks.mp4", no_tracks)),
              HasSubstr("is not a video or photo in a known format, or its start is damaged"));
}

TEST(Demuxer, refuses_pictures_beyond_the_limits) {
  const MediaFolder media;
  Bytes wide = support::read_bytes(
      media.make("a.png", grey_step_clip_args(64, 48, 1, 1.0) + Arguments{"-frames:v", "1"}));
  wide.at(18) = 0x4E;  // of the 32-bit width at 16
  wide.at(19) = 0x20;
  const std::string limit =
      "its picture is 20000 x 48 pixels; the limit is 16384 per side and 100 million in total. "
      "Scale it down first";
  EXPECT_EQ(refusal(media.write("wide.png", wide)), limit);
  // A BMP's size is known only to FFmpeg.
  Bytes bitmap = support::read_bytes(
      media.make("a.bmp", grey_step_clip_args(64, 48, 1, 1.0) + Arguments{"-frames:v", "1"}));
  bitmap.at(18) = 0x20;
  bitmap.at(19) = 0x4E;
  EXPECT_EQ(refusal(media.write("wide.bmp", bitmap)), limit);
}

TEST(Demuxer, refuses_encodings_that_are_not_decoded_by_their_names) {
  const MediaFolder media;
  const auto clip = steady_clip(media, "a.mp4");
  EXPECT_EQ(decoder_refusal(media.write("b.mp4", with_encoding(clip, "avc1", "zzzz"))),
            "its video is in an unknown encoding. Convert it to H.264");
  const auto matroska = steady_clip(media, "c.mkv");
  EXPECT_EQ(
      decoder_refusal(media.write("c2.mkv", with_encoding(matroska, "V_MPEG4", "V_AVS2 "))),
      "its video is encoded as avs2, which this FFmpeg cannot decode. Convert it to H.264");
  EXPECT_EQ(decoder_refusal(media.make(
                "d.mkv", grey_step_clip_args(64, 48, 10, 1.0) + Arguments{"-c:v", "huffyuv"})),
            "its video is encoded as huffyuv, which Matside can't read. Convert it to H.264");
  const auto plain =
      media.make("e.avi", grey_step_clip_args(64, 48, 10, 1.0) + Arguments{"-c:v", "mpeg4"});
  EXPECT_EQ(decoder_refusal(media.write("f.avi", with_encoding(plain, "FMP4", "WMV3"))),
            "its video, encoded as wmv3, cannot be decoded: the file is damaged or uses an "
            "unknown variant");
}

TEST(Demuxer, reports_what_cannot_be_read_as_damaged) {
  const MediaFolder media;
  const auto clip = media.make("a.mkv", support::large_clip_args());
  const media::FileSource file = open_source(clip);
  const auto demuxer = open(file);
  support::break_disk_of(file.descriptor(), clip);
  const media::PacketPtr packet(av_packet_alloc());
  int read = 0;
  Demuxer::Outcome outcome = Demuxer::Outcome::packet;
  for (; outcome == Demuxer::Outcome::packet && read < 100; ++read) {
    outcome = demuxer->read(*packet);
  }
  EXPECT_EQ(outcome, Demuxer::Outcome::damaged);
  EXPECT_LT(read, 40);
}

TEST(Demuxer, ends_where_a_file_was_shortened_after_it_was_opened) {
  const MediaFolder media;
  const auto clip = media.make("a.mkv", support::large_clip_args());
  const media::FileSource file = open_source(clip);
  const auto demuxer = open(file);
  std::filesystem::resize_file(clip, std::filesystem::file_size(clip) / 2);
  const media::PacketPtr packet(av_packet_alloc());
  int read = 0;
  while (read < 100 && demuxer->read(*packet) == Demuxer::Outcome::packet) ++read;
  EXPECT_GT(read, 5);
  EXPECT_LT(read, 35);
}

TEST(Demuxer, refuses_a_file_on_a_damaged_disk) {
  const MediaFolder media;
  const auto clip = steady_clip(media, "a.mp4");
  const media::FileSource file = open_source(clip);
  support::break_disk_of(file.descriptor(), clip);
  const auto opened = Demuxer::open(file, {});
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("its start is damaged"));
}

/// When a clip with that metadata says that it was recorded.
std::optional<base::ZonedTime> recorded(const std::string& name, const Arguments& metadata) {
  const MediaFolder media;
  const auto path = media.make(
      name, support::steady_clip_args(0.4) + Arguments{"-map_metadata", "-1"} + metadata);
  const media::FileSource file = open_source(path);
  return open(file)->recorded();
}

TEST(Demuxer, TellsWhenTheRecordingWasMade) {
  const Arguments utc{"-metadata", "creation_time=2026-01-05T08:30:00Z"};
  const base::ZonedTime expected{1'767'601'800, std::nullopt};
  EXPECT_EQ(recorded("a.mp4", utc), expected);
  EXPECT_EQ(recorded("a.mkv", utc), expected);
  const Arguments phone{"-movflags", "use_metadata_tags", "-metadata",
                        "com.apple.quicktime.creationdate=2026-01-05T10:30:00+0200"};
  EXPECT_EQ(recorded("a.mov", utc + phone), (base::ZonedTime{1'767'601'800, 120}))
      << "the camera's own zone";
  EXPECT_FALSE(recorded("a.mp4", {}));
}

TEST(Demuxer, IgnoresRecordingTimesThatCannotBe) {
  EXPECT_FALSE(recorded("a.mp4", {"-metadata", "creation_time=1970-01-01T00:00:00Z"}));
  const Arguments broken{"-movflags", "use_metadata_tags", "-metadata",
                         "com.apple.quicktime.creationdate=2026-02-31T10:30:00+0200"};
  EXPECT_FALSE(recorded("a.mov", broken));
}

}  // namespace
}  // namespace matside::decoder
