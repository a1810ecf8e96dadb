// Re-encodes arbitrary bytes as a video with audio: must be refused with one line, or written.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "core/base/printable_text.h"
#include "tests/fuzz/memory_file.h"
#include "vision/video/video_reader.h"
#include "vision/video/video_writer.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)

constexpr int kMaxSide_px = 64;
constexpr int kMaxPictures = 12;

void must(bool held) {
  if (!held) std::abort();
}

void require_error_message(const base::Error& error) {
  must(error.kind == base::ErrorKind::input || error.kind == base::ErrorKind::output);
  must(base::is_visible(error.message));
}

base::Result<void> copy(video::VideoReader& reader,
                        const video::VideoWriter::Options& options) {
  auto writer = video::VideoWriter::create(
      options, reader.info(),
      [](std::uint64_t, std::span<const std::uint8_t>) { return base::Result<void>(); });
  if (!writer) return writer.error();
  video::Frame frame;
  int written = 0;
  while (written < kMaxPictures) {
    const auto more = reader.read(frame);
    if (!more) return more.error();
    if (!more.value()) break;
    if (auto canvas = writer.value().begin_frame(frame); !canvas) return canvas.error();
    if (auto done = writer.value().write(frame.time); !done) return done;
    ++written;
  }
  if (written == 0) return {};
  return writer.value().finish(written == kMaxPictures ? video::AudioEnd::last_picture
                                                       : video::AudioEnd::end);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::MemoryFile file(data, size);
  const video::Options options{.max_side_px = kMaxSide_px, .planes = true};
  auto opened = video::VideoReader::open(file.path(), options);
  if (!opened || opened.value().info().photo) return 0;
  const auto container = size % 2 == 0 ? video::Container::mp4 : video::Container::mkv;
  const auto copied = copy(opened.value(), {.source = file.path(),
                                            .target = "copy",
                                            .container = container,
                                            .quarter_turns = static_cast<int>(size % 4)});
  if (!copied) require_error_message(copied.error());
  return 0;
}
