// Times are the stream's own, rise strictly, and stay the same after seeking.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/media_frames.h"
#include "tests/support/media.h"

namespace matside::tests {
namespace {

void expect_rising(const std::vector<FrameSummary>& seen) {
  for (std::size_t i = 1; i < seen.size(); ++i)
    EXPECT_GT(seen[i].time_s, seen[i - 1].time_s) << i;
}

TEST(MediaTime, uneven_times_are_kept) {
  const MediaFolder media;
  for (const std::string name : {"vfr.mp4", "vfr.mkv", "vfr.mov"}) {
    SCOPED_TRACE(name);
    // FFmpeg 7 writes no duration for the last picture, so the edit list would cut it off.
    const Arguments whole = name == "vfr.mkv" ? Arguments{} : Arguments{"-use_editlist", "0"};
    const auto clip =
        media.make(name, grey_step_clip_args(32, 32, 10, 2.0) +
                             Arguments{"-vf", "settb=1/1000,setpts='(40*N+7*N*N)'", "-vsync",
                                       "passthrough", "-enc_time_base", "1/1000"} +
                             h264_args("bframes=3:keyint=8") + whole);
    const auto seen = read_all(clip);
    ASSERT_EQ(seen.size(), 20u);
    for (std::size_t n = 0; n < seen.size(); ++n) {
      const double number = static_cast<double>(n);
      EXPECT_NEAR(seen[n].time_s, 0.040 * number + 0.007 * number * number, 0.001) << n;
      EXPECT_EQ(seen[n].index, static_cast<std::int64_t>(n));
    }
  }
}

TEST(MediaTime, pictures_are_in_presentation_order) {
  const MediaFolder media;
  const auto clip = media.make("b.mp4", grey_step_clip_args(32, 32, 10, 4.0) +
                                            h264_args("bframes=5:b-pyramid=normal:keyint=20"));
  const auto seen = read_all(clip);
  ASSERT_EQ(seen.size(), 40u);
  for (std::size_t n = 1; n < seen.size(); ++n) EXPECT_GT(seen[n].grey, seen[n - 1].grey) << n;
  expect_rising(seen);
}

TEST(MediaTime, a_stream_that_starts_late_or_early_starts_at_zero) {
  const MediaFolder media;
  for (const auto& [name, offset] : std::vector<std::pair<std::string, std::string>>{
           {"late.ts", "5"}, {"late.mkv", "3"}, {"early.mp4", "-0.3"}}) {
    SCOPED_TRACE(name);
    const auto clip =
        media.make(name, grey_step_clip_args(32, 32, 10, 1.0) + h264_args("bframes=2") +
                             Arguments{"-output_ts_offset", offset});
    const auto seen = read_all(clip);
    ASSERT_GE(seen.size(), 7u);
    EXPECT_EQ(seen.front().time_s, 0.0);
    EXPECT_EQ(seen.front().index, 0);
    EXPECT_NEAR(seen[1].time_s, 0.1, 0.002);
  }
}

TEST(MediaTime, an_edit_list_hides_the_pictures_before_it) {
  const MediaFolder media;
  const auto whole = media.make("whole.mp4", grey_step_clip_args(32, 32, 10, 3.0) +
                                                 h264_args("bframes=2:keyint=30:scenecut=0"));
  const auto edited =
      media.make("edited.mp4", {"-ss", "1.0", "-i", whole.string(), "-c", "copy"});
  const auto all = read_all(whole);
  const auto seen = read_all(edited);
  ASSERT_EQ(all.size(), 30u);
  ASSERT_EQ(seen.size(), 20u);
  EXPECT_EQ(seen.front().time_s, 0.0);
  EXPECT_EQ(seen.front().grey, all[10].grey);
  EXPECT_NEAR(seen.back().time_s, 1.9, 0.002);
}

TEST(MediaTime, fast_video_keeps_its_rate) {
  const MediaFolder media;
  const auto clip =
      media.make("fast.mp4", grey_step_clip_args(32, 32, 120, 1.0, 1) + h264_args("bframes=3"));
  auto reader = open_video(clip);
  EXPECT_NEAR(reader.info().average_rate_hz.value(), 120.0, 0.01);
  EXPECT_EQ(reader.info().expected_frames, 120);
  EXPECT_NEAR(reader.info().duration.value().value(), 1.0, 0.01);
  const auto seen = read_all(reader);
  ASSERT_EQ(seen.size(), 120u);
  for (std::size_t n = 0; n < seen.size(); ++n) {
    EXPECT_NEAR(seen[n].time_s, static_cast<double>(n) / 120.0, 1e-4);
  }
}

TEST(MediaTime, recordings_joined_end_to_end_have_rising_times) {
  const MediaFolder media;
  const auto part = media.make("part.ts", grey_step_clip_args(32, 32, 10, 2.0) + h264_args());
  Bytes joined = support::read_bytes(part);
  const Bytes again = joined;
  joined.insert(joined.end(), again.begin(), again.end());
  const auto seen = read_all(media.write("joined.ts", joined));
  EXPECT_EQ(seen.size(), 40u);
  expect_rising(seen);
  EXPECT_NEAR(seen.back().time_s, 3.9, 0.3);
}

TEST(MediaTime, seeking_gives_the_same_pictures_as_reading_from_the_start) {
  const MediaFolder media;
  const Arguments source = grey_step_clip_args(32, 32, 10, 5.0);
  const std::vector<std::pair<std::string, Arguments>> kinds = {
      {"closed.mp4", h264_args("bframes=3:keyint=7")},
      {"open.mp4", h264_args("bframes=3:keyint=7:open-gop=1")},
      {"long.mkv", h264_args("bframes=3:keyint=100")},
      {"hevc.mp4", {"-c:v", "libx265", "-x265-params", "log-level=none:keyint=9"}},
      {"vp9.webm", {"-c:v", "libvpx-vp9", "-g", "12", "-auto-alt-ref", "1"}},
      {"vp8.webm", {"-c:v", "libvpx", "-g", "12", "-auto-alt-ref", "1", "-lag-in-frames", "8"}},
      {"a.avi", {"-c:v", "mpeg4", "-bf", "2", "-g", "12"}},
      {"a.ts", h264_args("keyint=10")},
      {"a.mjpeg", {"-pix_fmt", "yuvj420p"}},
      {"a.gif", {}},
      {"uneven.mp4", Arguments{"-vf", "settb=1/1000,setpts='40*N+3*N*N'", "-vsync",
                               "passthrough", "-enc_time_base", "1/1000"} +
                         h264_args("bframes=2:keyint=9")},
  };
  for (const auto& [name, coding] : kinds) {
    const auto clip = media.make(name, source + coding);
    auto reader = open_video(clip);
    const auto all = read_all(reader);
    ASSERT_GE(all.size(), 49u) << name;
    for (const double time_s : {3.33, 0.5, 0.0, -1.0, 1.2, 4.0, 2.05}) {
      SCOPED_TRACE(name + " from " + std::to_string(time_s));
      ASSERT_TRUE(reader.seek(base::Seconds(time_s)).ok());
      const auto seen = read_all(reader);
      std::size_t skipped = 0;
      while (skipped < all.size() && all[skipped].time_s < time_s - 1e-6) ++skipped;
      ASSERT_EQ(seen.size(), all.size() - skipped);
      for (std::size_t i = 0; i < seen.size(); ++i) {
        EXPECT_EQ(seen[i].index, all[skipped + i].index);
        EXPECT_NEAR(seen[i].time_s, all[skipped + i].time_s, 1e-9);
        EXPECT_EQ(seen[i].grey, all[skipped + i].grey);
      }
    }
  }
}

TEST(MediaTime, seeking_past_the_end_leaves_nothing_to_read_and_back_to_the_start_everything) {
  const MediaFolder media;
  auto reader =
      open_video(media.make("a.mp4", grey_step_clip_args(32, 32, 10, 1.0) + h264_args()));
  ASSERT_TRUE(reader.seek(base::Seconds(100.0)).ok());
  EXPECT_TRUE(read_all(reader).empty());
  EXPECT_FALSE(reader.truncated());
  ASSERT_TRUE(reader.seek(base::Seconds(1e300)).ok());
  EXPECT_TRUE(read_all(reader).empty());
  ASSERT_TRUE(reader.seek(base::Seconds(0.0)).ok());
  EXPECT_EQ(read_all(reader).size(), 10u);
}

TEST(MediaTime, more_threads_give_the_same_pictures) {
  const MediaFolder media;
  const auto clip = media.make(
      "a.mp4", grey_step_clip_args(320, 240, 10, 4.0) + h264_args("bframes=3:keyint=12"));
  const auto one = read_all(clip);
  const auto four = read_all(clip, {.threads = 4});
  ASSERT_EQ(one.size(), four.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].grey, four[i].grey);
    EXPECT_EQ(one[i].time_s, four[i].time_s);
  }
}

TEST(MediaTime, readers_side_by_side_do_not_disturb_each_other) {
  const MediaFolder media;
  const auto clip = media.make("a.mp4", grey_step_clip_args(64, 64, 10, 4.0) + h264_args());
  const auto alone = read_all(clip);
  std::vector<std::vector<FrameSummary>> seen(4);
  std::vector<std::thread> threads;
  for (auto& mine : seen) threads.emplace_back([&] { mine = read_all(clip); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& mine : seen) {
    ASSERT_EQ(mine.size(), alone.size());
    for (std::size_t i = 0; i < mine.size(); ++i) EXPECT_EQ(mine[i].grey, alone[i].grey);
  }
}

TEST(MediaTime, reading_uses_the_same_memory_for_every_picture) {
  const MediaFolder media;
  auto reader =
      open_video(media.make("a.mp4", grey_step_clip_args(64, 64, 10, 1.0) + h264_args()));
  video::Frame frame;
  ASSERT_TRUE(reader.read(frame).value());
  const std::uint8_t* memory = frame.image.rgb.data();
  while (reader.read(frame).value()) EXPECT_EQ(frame.image.rgb.data(), memory);
}

TEST(MediaTime, reading_stops_when_requested_by_another_thread) {
  const MediaFolder media;
  const auto clip = media.make("a.mp4", grey_step_clip_args(64, 64, 50, 4.0, 1) + h264_args());
  std::atomic<bool> stop = false;
  std::atomic<int> count = 0;
  auto reader = open_video(clip, {.stop = &stop});
  std::thread asker([&] {
    while (count < 3) std::this_thread::yield();
    stop = true;
  });
  video::Frame frame;
  while (reader.read(frame).value()) {
    // Wait for the request rather than race it to the end of the clip.
    if (++count == 100) asker.join();
  }
  if (asker.joinable()) asker.join();
  EXPECT_TRUE(reader.stopped());
  EXPECT_LE(count, 100);
  EXPECT_FALSE(reader.truncated());
  ASSERT_TRUE(reader.seek(base::Seconds(1.0)).ok());
  EXPECT_FALSE(reader.read(frame).value());
  const auto never = video::VideoReader::open(clip, {.stop = &stop});
  ASSERT_FALSE(never.ok());
  EXPECT_NE(never.error().message.find("stopped"), std::string::npos);
}

}  // namespace
}  // namespace matside::tests
