// Re-encodes a video with changed pictures, at the source's times and with its audio.
//
//   auto writer = video::VideoWriter::create(
//       {.source = "practice.mp4", .target = "annotated.mp4"}, reader.info(), write_at);
//   while (reader.read(frame).value()) {
//     auto canvas = writer.value().begin_frame(frame);
//     draw_on(canvas.value());
//     writer.value().write(frame.time);
//   }
//   writer.value().finish(AudioEnd::end);
//
// One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "vision/image/canvas.h"
#include "vision/video/video_reader.h"

namespace matside::video {

/// Supported output containers.
enum class Container : std::uint8_t { mp4, mov, mkv };

/// The container for a file name's extension (case ignored), or nothing if unsupported.
std::optional<Container> container_of(const std::filesystem::path& file);

/// Writes bytes at an offset of the output file.
using WriteAt = std::function<base::Result<void>(std::uint64_t offset,
                                                 std::span<const std::uint8_t> bytes)>;

/// Where the audio ends.
enum class AudioEnd : std::uint8_t { last_picture, end };

/// Writes a video from drawn pictures.
///
/// - Pictures are H.264 (libx264), 8 bits, upright, with square pixels, in the source's colour
///   matrix and range, of size info.image_size after turning. Odd sides grow by one.
/// - Each picture has the source's timestamp in the source's ticks. In .mkv timestamps are
/// rounded
///   to a millisecond, and all are delayed by the audio's lead if it starts before 0. If the
///   source starts late, or writing starts after its first picture, the output starts at 0.
/// - Audio packets are copied unchanged, in sync with the pictures.
/// - Other streams and metadata (location, device) are not copied.
class VideoWriter {
 public:
  /// What to write.
  struct Options {
    std::filesystem::path source{};  ///< File that the audio is copied from.
    std::filesystem::path target{};  ///< Output file's name, for messages.
    Container container = Container::mp4;
    int quarter_turns = 0;  ///< Clockwise turns of the pictures, 0 to 3.
    bool sound = true;      ///< Copy the audio.
    int threads = 1;        ///< Encoder threads, at least 1.
  };

  /// @param write_at called until finish() returns.
  /// Fails with ErrorKind::input when the source's audio cannot be read; with ErrorKind::output
  /// when the container cannot hold the audio's codec or FFmpeg has no libx264; and with the
  /// error of `write_at`.
  static base::Result<VideoWriter> create(Options options, const VideoInfo& info,
                                          WriteAt write_at);

  VideoWriter(VideoWriter&&) noexcept;
  VideoWriter& operator=(VideoWriter&&) noexcept;
  ~VideoWriter();

  /// Copies the frame's picture, rotated, to a canvas that may be drawn on until write(). Fails
  /// with ErrorKind::output when memory is short.
  base::Result<image::Canvas> begin_frame(const Frame& frame);

  /// Writes the canvas as the picture at `time`, which must rise, and the audio up to it. Fails
  /// with ErrorKind::output when encoding or muxing fails, and with the error of `write_at`.
  base::Result<void> write(base::Seconds time);

  /// Writes the rest. Fails as write(), and with ErrorKind::output when no picture was written.
  base::Result<void> finish(AudioEnd audio_end);

 private:
  class Impl;
  explicit VideoWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace matside::video
