// `matside annotate` as a person runs it: the video it writes, and what it leaves behind when
// it cannot.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/command_line/program.h"
#include "tests/support/media.h"
#include "vision/video/video_reader.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using support::probe;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Lines = std::vector<std::string>;

constexpr int kUsage = 2;
constexpr int kInput = 3;
constexpr int kOutput = 4;
constexpr int kInterrupted = 130;

const std::string kClips = MATSIDE_SOURCE_DIR "/tests/data/clips/";
const std::string kClip = kClips + "modified_level0.mp4";

Lines picture_times(const fs::path& path) {
  return probe(path, {"-select_streams", "v", "-show_entries", "frame=pts_time"});
}

Lines sound_packets(const fs::path& path) {
  return probe(path, {"-select_streams", "a", "-show_data_hash", "md5", "-show_entries",
                      "packet=pts_time,size,data_hash"});
}

class Annotate : public ::testing::Test {
 protected:
  TestFolder workplace_;

  [[nodiscard]] Outcome annotate(const std::string& input,
                                 std::vector<std::string> more) const {
    std::vector<std::string> arguments{"annotate", input, "--model", "lite", "--threads", "1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(workplace_, arguments);
  }

  /// The first `seconds` of a clip with a tone, through `filter`.
  fs::path clip_with_tone(const std::string& name, const std::string& seconds,
                          const std::string& filter, const std::string& more = "") const {
    return workplace_.make(
        name, words("-t " + seconds + " -i " + kClip + " -f lavfi -t " + seconds +
                    " -i sine=frequency=330 -vf " + filter +
                    " -vsync passthrough -enc_time_base 1/15360 -c:v libx264 -preset veryfast "
                    "-c:a aac " +
                    more));
  }

  void expect_refused(const Outcome& outcome, int exit_code, const std::string& saying) const {
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err_lines(), ElementsAre(HasSubstr(saying)));
  }
};

/// Mean difference of the brightness of two pictures in a part of them.
double difference(const video::Frame& a, const video::Frame& b, double top, double bottom) {
  const image::Image& x = a.image;
  const image::Image& y = b.image;
  EXPECT_EQ(x.size, y.size);
  double sum = 0.0;
  const auto from = static_cast<std::size_t>(top * x.size.height_px) * x.stride_bytes();
  const auto to = static_cast<std::size_t>(bottom * x.size.height_px) * x.stride_bytes();
  for (std::size_t i = from; i < to; ++i) sum += std::abs(x.rgb[i] - y.rgb[i]);
  return sum / static_cast<double>(to - from);
}

std::vector<video::Frame> frames_of(const fs::path& path) {
  auto reader = video::VideoReader::open(path);
  EXPECT_TRUE(reader.ok()) << path;
  std::vector<video::Frame> frames;
  video::Frame frame;
  while (reader.ok() && reader.value().read(frame).value()) frames.push_back(frame);
  return frames;
}

TEST_F(Annotate, WritesTheVideoWithTheSameTimesAndSoundAndDrawsIntoIt) {
  const auto uneven = clip_with_tone("uneven.mp4", "1.2", "setpts=PTS+mod(N*N\\,7)*40");
  const Outcome outcome = annotate("uneven.mp4", {"-o", "out.mp4", "--level", "0"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("uneven.mp4: Single-leg kick, level 0"));
  EXPECT_THAT(outcome.out, HasSubstr("Annotated video: out.mp4\n"));
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(workplace_.files(), ElementsAre("out.mp4", "uneven.mp4"));

  EXPECT_EQ(picture_times(workplace_ / "out.mp4").size(), 36U);
  EXPECT_EQ(picture_times(workplace_ / "out.mp4"), picture_times(uneven));
  EXPECT_GT(sound_packets(uneven).size(), 40U);
  EXPECT_EQ(sound_packets(workplace_ / "out.mp4"), sound_packets(uneven));
  const auto before = frames_of(uneven);
  const auto after = frames_of(workplace_ / "out.mp4");
  ASSERT_EQ(after.size(), before.size());
  // Plates above; the floor in the middle stays as it was, but for its being coded anew.
  EXPECT_GT(difference(before.back(), after.back(), 0.0, 0.25), 20.0);
  EXPECT_LT(difference(before.back(), after.back(), 0.72, 0.78), 3.0);
}

TEST_F(Annotate, DrawsTheExerciseThatTheVideoShows) {
  const std::string swan = MATSIDE_SOURCE_DIR "/tests/data/move_clips/swan_preparation.mp4";
  const Outcome outcome = annotate(swan, {"-o", "out.mp4", "--level", "0", "--to", "27"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              StartsWith("Recognised from the movements: Swan preparation. To choose"));
  EXPECT_THAT(outcome.out, HasSubstr("Repetitions         4\n"));
  const auto frames = frames_of(workplace_ / "out.mp4");
  ASSERT_GT(frames.size(), 600U);
  // There is one count, at the left, where the kick would also have one at the right.
  const auto brightness = [&](double from, double to) {
    const image::Image& picture = frames[10].image;
    const int row = picture.size.height_px / 30;
    double sum = 0.0;
    int count = 0;
    for (int x = static_cast<int>(from * picture.size.width_px);
         x < static_cast<int>(to * picture.size.width_px); ++x, ++count) {
      sum += picture.rgb[static_cast<std::size_t>(row) * picture.stride_bytes() + 3U * x];
    }
    return sum / count;
  };
  EXPECT_LT(brightness(0.02, 0.09), 0.6 * brightness(0.91, 0.98));
}

TEST_F(Annotate, DrawsTheExerciseAskedFor) {
  const Outcome outcome = annotate(
      kClip, {"-o", "out.mp4", "--level", "0", "--exercise", "swan-preparation", "--to", "1"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(": Swan preparation, level 0: Forearms down\n"));
  expect_refused(
      annotate(kClip, {"-o", "no.mp4", "--exercise", "swan-preparation", "--level", "3"}),
      kUsage, "--level: swan-preparation has no level 3");
  expect_refused(annotate(kClip, {"-o", "no.mp4", "--exercise", "swan"}), kUsage,
                 "--exercise: \"swan\" isn't installed. Installed: single-leg-kick, ");
}

TEST_F(Annotate, WritesAPartThatBeginsAtZero) {
  const Outcome outcome = annotate(
      kClip, {"-o", "part.mkv", "--from", "2", "--to", "2.5", "--quiet", "--no-sound"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  const Lines times = picture_times(workplace_ / "part.mkv");
  ASSERT_EQ(times.size(), 16U);
  EXPECT_EQ(times.front(), "0.000000");
  EXPECT_EQ(times.back(), "0.500000");
}

TEST_F(Annotate, WritesAVideoInWhichNobodyIsFoundAndSaysSo) {
  workplace_.make("empty.mp4", words("-f lavfi -i color=gray:s=160x120:r=10:d=1 -pix_fmt "
                                     "yuv420p"));
  const Outcome outcome = annotate("empty.mp4", {"-o", "out.MOV"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("No person was found in the picture"));
  EXPECT_EQ(picture_times(workplace_ / "out.MOV").size(), 10U);
}

TEST_F(Annotate, TurnsARecordingThatIsStoredTurnedUprightFromItsFirstPicture) {
  clip_with_tone("turned.mp4", "1.5", "transpose=cclock");
  const auto upright = clip_with_tone("upright.mp4", "1.5", "null");
  for (const std::string name : {"turned", "upright"}) {
    const Outcome outcome =
        run(workplace_, {"annotate", name + ".mp4", "-o", name + ".out.mp4", "--level", "0"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const bool told = outcome.out.find("stored rotated") != std::string::npos;
    EXPECT_EQ(told, name == "turned");
  }
  const auto turned = frames_of(workplace_ / "turned.out.mp4");
  const auto straight = frames_of(workplace_ / "upright.out.mp4");
  ASSERT_EQ(turned.size(), straight.size());
  EXPECT_EQ(turned.front().image.size, (base::ImageSize{640, 360}));
  // Below the plate that says what the body does: that it lies is seen once up is known.
  EXPECT_LT(difference(turned.front(), straight.front(), 0.15, 1.0), 3.0);
  EXPECT_LT(difference(turned.back(), straight.back(), 0.0, 1.0), 3.0);
  EXPECT_EQ(sound_packets(workplace_ / "turned.out.mp4"),
            sound_packets(workplace_ / "turned.mp4"));
}

TEST_F(Annotate, ReplacesNothingUnlessForced) {
  workplace_.write("out.mp4", "mine");
  const Outcome refused = annotate(kClip, {"-o", "out.mp4", "--to", "0.2"});
  expect_refused(refused, kOutput, "out.mp4: already exists; overwrite it with --force");
  EXPECT_EQ(text_of(workplace_ / "out.mp4"), "mine");
  const Outcome forced = annotate(kClip, {"-o", "out.mp4", "--to", "0.2", "--force"});
  EXPECT_EQ(forced.exit_code, 0) << forced.err;
  EXPECT_EQ(picture_times(workplace_ / "out.mp4").size(), 7U);
}

TEST_F(Annotate, NeverReplacesItsInput) {
  fs::copy_file(kClip, workplace_ / "v.mp4");
  const std::string before = text_of(workplace_ / "v.mp4");
  expect_refused(annotate("v.mp4", {"-o", "./v.mp4", "--force"}), kOutput,
                 "is one of the inputs; choose another file");
  EXPECT_EQ(text_of(workplace_ / "v.mp4"), before);
}

TEST_F(Annotate, RefusesWhatItCannotDoInOneLineAndLeavesNothing) {
  workplace_.make("photo.jpg", words("-f lavfi -i color=gray:s=64x48:d=0.1 -frames:v 1"));
  workplace_.make("pcm.mov",
                  words("-f lavfi -i color=gray:s=64x48:d=0.2 -f lavfi -i sine=d=0.2 -c:v "
                        "libx264 -c:a pcm_u8"));
  workplace_.write("text.mp4", "This is no video.\n");
  const Lines files = workplace_.files();
  expect_refused(annotate(kClip, {}), kUsage, "--output is required");
  expect_refused(annotate(kClip, {"-o", ""}), kUsage, "must end in .mp4, .mov or .mkv");
  expect_refused(annotate(kClip, {"-o", "-"}), kUsage, "must end in .mp4, .mov or .mkv");
  expect_refused(annotate(kClip, {"-o", "out.avi"}), kUsage, "must end in .mp4, .mov or .mkv");
  expect_refused(annotate("none.mp4", {"-o", "out.mp4"}), kInput, "none.mp4: no such file");
  expect_refused(annotate("text.mp4", {"-o", "out.mp4"}), kInput, "text.mp4: ");
  expect_refused(annotate("photo.jpg", {"-o", "out.mp4"}), kInput, "photo.jpg: is a photo");
  expect_refused(annotate("pcm.mov", {"-o", "out.mp4"}), kOutput,
                 "out.mp4: cannot be written: .mp4 files cannot hold this audio codec");
  expect_refused(annotate(kClip, {"-o", "none/out.mp4"}), kOutput, "none/out.mp4: ");
  expect_refused(annotate(kClip, {"-o", "out.mp4", "--from", "1000"}), kInput, "no frames");
  EXPECT_EQ(workplace_.files(), files);
}

TEST_F(Annotate, LeavesNothingOnAFullDisk) {
  const std::string command = "cd '" + workplace_.folder().string() +
                              "' && ulimit -S -f 100 && " + MATSIDE_PROGRAM " annotate '" +
                              kClip + "' -o out.mp4 --model lite --quiet 2>err";
  const int status = std::system(command.c_str());
  EXPECT_EQ(WEXITSTATUS(status), kOutput);
  EXPECT_THAT(text_of(workplace_ / "err"), HasSubstr("out.mp4: cannot be written: File too"));
  EXPECT_THAT(workplace_.files(), ElementsAre("err"));

  fs::create_symlink("/dev/full", workplace_ / "full.mp4");
  expect_refused(annotate(kClip, {"-o", "full.mp4", "--to", "0.2"}), kOutput,
                 "full.mp4: cannot be written: No space left");
}

TEST_F(Annotate, SaysWhenThereIsNoFontToWriteWith) {
  workplace_.write("fonts.conf", "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
  const std::string folder = workplace_.folder().string();
  const std::string command = "cd '" + folder + "' && FONTCONFIG_FILE='" + folder +
                              "/fonts.conf' " MATSIDE_PROGRAM " annotate '" + kClip +
                              "' -o out.mp4 --model lite 2>err";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), kOutput);
  EXPECT_THAT(text_of(workplace_ / "err"), HasSubstr("fonts-open-sans"));
  EXPECT_THAT(workplace_.files(), ElementsAre("err", "fonts.conf"));
}

/// Waits until a file that is being written in the folder has that many bytes.
void wait_for_bytes(int watch, const fs::path& folder, std::uintmax_t bytes) {
  std::array<char, 4096> events{};
  while (::read(watch, events.data(), events.size()) > 0) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::error_code ignored;
      if (entry.path().extension() == ".tmp" && entry.file_size(ignored) >= bytes) return;
    }
  }
}

TEST_F(Annotate, InterruptedWritesTheVideoUpToThenWhole) {
  const int watch = ::inotify_init();
  ASSERT_GE(::inotify_add_watch(watch, workplace_.folder().c_str(), IN_MODIFY), 0);
  RunningProgram running({workplace_.folder(),
                          {"annotate", kClips + "full_session.mp4", "-o", "out.mp4", "--model",
                           "lite", "--threads", "1"}});
  wait_for_bytes(watch, workplace_.folder(), 250'000);
  running.send(SIGINT);
  const Outcome outcome = running.wait();
  ::close(watch);
  EXPECT_EQ(outcome.exit_code, kInterrupted);
  EXPECT_THAT(outcome.err_lines(),
              ElementsAre(HasSubstr("stopped early; out.mp4 is complete up to 0:")));
  EXPECT_THAT(outcome.out, HasSubstr("Stopped early: this covers only 0:"));
  EXPECT_THAT(workplace_.files(), ElementsAre("out.mp4"));
  const Lines times = picture_times(workplace_ / "out.mp4");
  const Lines all = picture_times(kClips + "full_session.mp4");
  ASSERT_GT(times.size(), 30U);
  ASSERT_LT(times.size(), all.size());
  EXPECT_EQ(times, Lines(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(times.size())));
}

}  // namespace
}  // namespace matside::tests
