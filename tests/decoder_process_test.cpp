// A decoder process that dies or hangs is a damaged file, and none is left behind.
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/media_frames.h"
#include "tests/support/media.h"
#include "vision/video/decoder_process.h"
#include "vision/video/jpeg_decoder.h"
#include "vision/video/video_writer.h"

namespace matside::tests {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// The decoder processes of this test, by their ids.
std::vector<pid_t> decoders() {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc/self/task")) {
    std::ifstream children(entry.path() / "children");
    for (pid_t child = 0; children >> child;) found.push_back(child);
  }
  return found;
}

pid_t only_decoder() {
  const auto all = decoders();
  if (all.size() != 1) throw std::runtime_error(std::to_string(all.size()) + " decoders");
  return all.front();
}

/// A field of /proc/PID/status.
std::string status_of(pid_t process, const std::string& field) {
  std::ifstream file("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(field + ":"))
      return line.substr(line.find_first_not_of(" \t", field.size() + 1));
  }
  return {};
}

/// Far more pictures than the decoder may be ahead.
fs::path long_clip(const MediaFolder& media) {
  return media.make("long.mp4", Arguments{"-f", "lavfi", "-i", "testsrc2=s=128x96:r=25:d=8"} +
                                    h264_args() + Arguments{"-movflags", "+faststart"});
}

/// Reads to the end. @returns the number of pictures.
int count_rest(video::VideoReader& reader) {
  video::Frame frame;
  int count = 0;
  while (reader.read(frame).value()) ++count;
  return count;
}

class DecoderKilled : public testing::TestWithParam<int> {};

TEST_P(DecoderKilled, in_the_middle_gives_the_pictures_so_far) {
  const MediaFolder media;
  auto reader = open_video(long_clip(media));
  video::Frame frame;
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(reader.read(frame).value());
  ASSERT_EQ(::kill(only_decoder(), GetParam()), 0);
  const int rest = count_rest(reader);
  EXPECT_LT(rest, 60);
  EXPECT_TRUE(reader.truncated());
  EXPECT_GT(reader.damaged(), 0);
  EXPECT_FALSE(reader.stopped());
  EXPECT_FALSE(reader.read(frame).value());
  const auto sought = reader.seek(base::Seconds(1.0));
  ASSERT_FALSE(sought.ok());
  EXPECT_EQ(sought.error().kind, base::ErrorKind::input);
}

// As by the kernel, a fault, an abort, and a limit of time.
INSTANTIATE_TEST_SUITE_P(Signals, DecoderKilled,
                         testing::Values(SIGKILL, SIGSEGV, SIGABRT, SIGXCPU));

TEST(DecoderProcess, that_hangs_is_ended_in_time) {
  const MediaFolder media;
  auto reader = open_video(long_clip(media), {.limits = {.silence = milliseconds(300)}});
  video::Frame frame;
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(reader.read(frame).value());
  ASSERT_EQ(::kill(only_decoder(), SIGSTOP), 0);
  const auto begun = steady_clock::now();
  EXPECT_LT(count_rest(reader), 100);
  EXPECT_LT(steady_clock::now() - begun, std::chrono::seconds(10));
  EXPECT_TRUE(reader.truncated());
}

TEST(DecoderProcess, that_computes_without_end_is_ended) {
  const MediaFolder media;
  // One picture of this size takes longer than the limit.
  const auto clip =
      media.make("heavy.mkv", Arguments{"-f", "lavfi", "-i", "testsrc2=s=4096x4096:r=1:d=1",
                                        "-frames:v", "1", "-c:v", "ffv1", "-g", "1"});
  const auto opened =
      video::VideoReader::open(clip, {.limits = {.processor_time = milliseconds(10)}});
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().message.find("its start is damaged"), std::string::npos);
  EXPECT_TRUE(video::VideoReader::open(clip).ok());
}

TEST(DecoderProcess, is_gone_with_its_reader) {
  const MediaFolder media;
  const auto clip = long_clip(media);
  {
    const auto first = open_video(clip);
    const auto second = open_video(clip);
    EXPECT_EQ(decoders().size(), 2U);
  }
  EXPECT_TRUE(decoders().empty());
  EXPECT_FALSE(video::VideoReader::open(media.write("noise.mp4", Bytes(5000, 7))).ok());
  EXPECT_TRUE(decoders().empty());
}

TEST(DecoderProcess, has_no_descriptor_but_the_file_the_channel_and_the_memory) {
  const MediaFolder media;
  const auto clip = long_clip(media);
  // A descriptor that a program left inheritable.
  std::array<int, 2> leaked{};
  ASSERT_EQ(::pipe(leaked.data()), 0);
  const auto reader = open_video(clip);
  const std::string process = "/proc/" + std::to_string(only_decoder());
  std::vector<std::string> open;
  for (const auto& entry : fs::directory_iterator(process + "/fd")) {
    open.push_back(fs::read_symlink(entry.path()).string());
  }
  std::ranges::sort(open);
  ASSERT_EQ(open.size(), 6U);
  EXPECT_EQ(std::ranges::count(open, "/dev/null"),
            video::decoder_sandbox().value().sanitized ? 2 : 3);
  EXPECT_EQ(std::ranges::count(open, clip.string()), 1);
  for (const int descriptor : leaked) ::close(descriptor);
}

TEST(DecoderProcess, is_in_the_sandbox) {
  const MediaFolder media;
  const auto reader = open_video(long_clip(media));
  const pid_t process = only_decoder();
  EXPECT_EQ(status_of(process, "NoNewPrivs"), "1");
  const auto sandbox = video::decoder_sandbox();
  ASSERT_TRUE(sandbox.ok());
  // A build with sanitizers relaxes it (sandbox.cpp), and says so.
  EXPECT_EQ(status_of(process, "Seccomp"), sandbox.value().sanitized != 0 ? "0" : "2");
  rlimit memory{};
  ASSERT_EQ(::prlimit(process, RLIMIT_AS, nullptr, &memory), 0);
  EXPECT_EQ(memory.rlim_max == RLIM_INFINITY, sandbox.value().sanitized != 0);
}

/// Takes seccomp away from this process and those it starts, as in a kernel without it.
bool remove_seccomp() {
  constexpr std::uint32_t kNumber = offsetof(seccomp_data, nr);
  constexpr std::uint32_t kFirst = offsetof(seccomp_data, args);
  std::array<sock_filter, 7> code{{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kNumber),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 3, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kFirst),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_SECCOMP, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

TEST(DecoderProcess, decodes_where_the_kernel_has_no_seccomp_and_says_so) {
  const MediaFolder media;
  const auto clip = long_clip(media);
  constexpr int kGood = 42;
  const pid_t program = ::fork();
  if (program == 0) {
    if (!remove_seccomp()) ::_exit(1);
    const auto sandbox = video::decoder_sandbox();
    if (!sandbox || sandbox.value().seccomp != 0) ::_exit(2);
    auto reader = open_video(clip);
    ::_exit(count_rest(reader) == 200 ? kGood : 3);
  }
  int status = 0;
  ::waitpid(program, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), kGood);
}

TEST(DecoderProcess, the_sandbox_is_described_in_words) {
  EXPECT_EQ(video::describe_sandbox({.landlock_abi = 7, .seccomp = 1}), "seccomp, Landlock 7");
  EXPECT_EQ(video::describe_sandbox({.landlock_abi = 0, .seccomp = 1}),
            "seccomp, no Landlock in this kernel");
  EXPECT_EQ(video::describe_sandbox({.landlock_abi = 2}),
            "none: this kernel has no seccomp (Landlock 2); open only videos that you trust");
  EXPECT_EQ(video::describe_sandbox({.sanitized = 1}),
            "relaxed, because this build uses sanitizers");
}

TEST(DecoderProcess, what_a_decoder_says_is_printed_as_plain_text) {
  const auto printed = [](const std::string& text) {
    return video::printable({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  };
  EXPECT_EQ(printed("is damaged"), "is damaged");
  EXPECT_EQ(printed("\x1b[31mred\n"), "?[31mred?");
  EXPECT_EQ(printed("\xe2\x80\xae"), "???");
  EXPECT_EQ(printed(std::string(100'000, 'a')).size(), 400U);
}

TEST(DecoderProcess, ends_when_the_program_is_killed) {
  const MediaFolder media;
  const auto clip = long_clip(media);
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  const pid_t program = ::fork();
  if (program == 0) {
    auto reader = open_video(clip);
    const pid_t decoder = only_decoder();
    (void)!::write(pipe[1], &decoder, sizeof decoder);
    ::raise(SIGKILL);
  }
  pid_t decoder = 0;
  ASSERT_EQ(::read(pipe[0], &decoder, sizeof decoder), static_cast<ssize_t>(sizeof decoder));
  ::waitpid(program, nullptr, 0);
  const auto begun = steady_clock::now();
  const auto running = [decoder] {
    const std::string state = status_of(decoder, "State");
    return !state.empty() && state.front() != 'Z';
  };
  while (running() && steady_clock::now() - begun < std::chrono::seconds(10)) {
    std::this_thread::yield();
  }
  EXPECT_FALSE(running());
  for (const int descriptor : pipe) ::close(descriptor);
}

TEST(DecoderProcess, killed_while_audio_is_copied_gives_the_audio_so_far) {
  const MediaFolder media;
  const auto source = media.make(
      "s.mkv", grey_step_clip_args(48, 32, 10, 2.0) +
                   Arguments{"-f", "lavfi", "-i", "sine=d=600:r=48000", "-c:a", "pcm_s16le"});
  auto reader = open_video(source);
  video::Frame frame;
  const auto before = decoders();
  auto writer = video::VideoWriter::create(
      {.source = source, .target = "out.mkv", .container = video::Container::mkv},
      reader.info(),
      [](std::uint64_t, std::span<const std::uint8_t>) { return base::Result<void>(); });
  ASSERT_TRUE(writer.ok());
  for (const pid_t process : decoders()) {
    if (std::ranges::find(before, process) == before.end()) ::kill(process, SIGKILL);
  }
  while (reader.read(frame).value()) {
    ASSERT_TRUE(writer.value().begin_frame(frame).ok());
    ASSERT_TRUE(writer.value().write(frame.time).ok());
  }
  EXPECT_TRUE(writer.value().finish(video::AudioEnd::end).ok());
}

TEST(DecoderProcess, pictures_that_are_kept_do_not_stall_it) {
  const MediaFolder media;
  const auto clip = long_clip(media);
  auto fresh = open_video(clip, {.planes = true});
  auto kept = open_video(clip, {.planes = true});
  std::vector<video::Frame> frames;
  for (int i = 0; i < 40; ++i) {
    video::Frame frame;
    ASSERT_TRUE(kept.read(frame).value());
    frames.push_back(frame);
  }
  video::Frame again;
  for (const video::Frame& frame : frames) {
    ASSERT_TRUE(fresh.read(again).value());
    ASSERT_EQ(frame.time, again.time);
    const image::Planes& a = *frame.planes;
    const image::Planes& b = *again.planes;
    for (int y = 0; y < a.stored.height_px; ++y) {
      ASSERT_TRUE(std::equal(a.y + y * a.y_stride_bytes,
                             a.y + y * a.y_stride_bytes + a.stored.width_px,
                             b.y + y * b.y_stride_bytes));
    }
  }
}

TEST(DecoderProcess, a_picture_outlives_its_reader) {
  const MediaFolder media;
  video::Frame frame;
  {
    auto reader = open_video(long_clip(media), {.planes = true});
    ASSERT_TRUE(reader.read(frame).value());
  }
  ASSERT_TRUE(frame.planes.has_value());
  int sum = 0;
  for (int x = 0; x < frame.planes->stored.width_px; ++x) sum += frame.planes->y[x];
  EXPECT_GT(sum, 0);
}

Bytes jpeg_picture(const MediaFolder& media) {
  const auto file = media.make(
      "p.jpg", {"-f", "lavfi", "-i", "testsrc2=s=640x360", "-frames:v", "1", "-update", "1"});
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(JpegDecoder, decodes_one_picture_after_another) {
  const MediaFolder media;
  const Bytes jpeg = jpeg_picture(media);
  auto decoder = video::JpegDecoder::start();
  ASSERT_TRUE(decoder.ok()) << decoder.error().message;
  const auto first = decoder.value().decode(jpeg);
  ASSERT_TRUE(first.ok()) << first.error().message;
  EXPECT_EQ(first.value().size.width_px, 640);
  EXPECT_EQ(first.value().size.height_px, 360);
  EXPECT_EQ(first.value().rgb.size(), 3U * 640U * 360U);
  EXPECT_GT(std::ranges::max(first.value().rgb), 200);
  const auto second = decoder.value().decode(jpeg);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second.value().rgb, first.value().rgb);
}

TEST(JpegDecoder, goes_on_after_a_picture_that_is_none) {
  const MediaFolder media;
  auto decoder = video::JpegDecoder::start();
  ASSERT_TRUE(decoder.ok());
  for (const Bytes& refused : {Bytes(), Bytes(300'000, 0xFF)}) {
    const auto picture = decoder.value().decode(refused);
    ASSERT_FALSE(picture.ok());
    EXPECT_EQ(picture.error().kind, base::ErrorKind::input);
    EXPECT_EQ(picture.error().message, "picture: is not a JPEG");
  }
  EXPECT_TRUE(decoder.value().decode(jpeg_picture(media)).ok());
}

TEST(JpegDecoder, is_started_again_when_its_process_has_died_or_hangs) {
  const MediaFolder media;
  const Bytes jpeg = jpeg_picture(media);
  auto decoder = video::JpegDecoder::start();
  ASSERT_TRUE(decoder.ok());
  for (const int signal : {SIGKILL, SIGSTOP}) {
    ASSERT_EQ(::kill(only_decoder(), signal), 0);
    const auto lost = decoder.value().decode(jpeg);
    ASSERT_FALSE(lost.ok());
    EXPECT_EQ(lost.error().kind, base::ErrorKind::input);
    EXPECT_TRUE(decoder.value().decode(jpeg).ok());
  }
}

TEST(JpegDecoder, works_in_the_sandbox) {
  const auto decoder = video::JpegDecoder::start();
  ASSERT_TRUE(decoder.ok());
  const bool sanitized = video::decoder_sandbox().value().sanitized != 0;
  EXPECT_EQ(status_of(only_decoder(), "Seccomp"), sanitized ? "0" : "2");
}

}  // namespace
}  // namespace matside::tests
