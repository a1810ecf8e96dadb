// A video once more with other pictures: shown at the same times, with the same sound.
//
//   auto writer = video::VideoWriter::create(
//       {.source = "practice.mp4", .target = "annotated.mp4"}, reader.info(), write_at);
//   while (reader.read(frame).value()) {
//     auto canvas = writer.value().show(frame);
//     draw_on(canvas.value());
//     writer.value().write(frame.time);
//   }
//   writer.value().finish(SoundTo::end);
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

/// The kinds of file that are written.
enum class Container : std::uint8_t { mp4, mov, mkv };

/// The container that a file name's ending asks for, in whichever case; nothing for others.
std::optional<Container> container_of(const std::filesystem::path& file);

/// Puts bytes at an offset of the file that is made.
using WriteAt = std::function<base::Result<void>(std::uint64_t offset,
                                                 std::span<const std::uint8_t> bytes)>;

/// How far the sound goes.
enum class SoundTo : std::uint8_t { last_picture, end };

/// - Pictures are coded as H.264 by libx264, 8 bits, upright, in square pixels, in the source's
///   own colour matrix and range, which the file says; of size info.image_size, turned. An odd
///   side becomes one longer.
/// - Each has the source's own stamp, whatever its steps, in the source's ticks. In .mkv it is
///   told to a millisecond, and all is put off by the sound's lead where the sound begins
///   before 0. Where the source begins late, or the first picture shown is not its first,
///   all of it is put forward to begin at 0.
/// - The sound's packets are copied as they are, in step with the pictures.
/// - No other stream and nothing that the source tells of itself (place, device) is taken over.
class VideoWriter {
 public:
  struct Options {
    std::filesystem::path source{};  ///< Where the sound comes from.
    std::filesystem::path target{};  ///< For messages.
    Container container = Container::mp4;
    int quarters = 0;  ///< Pictures are turned clockwise by so many, 0 to 3.
    bool sound = true;
    int threads = 1;  ///< Of the encoder; at least 1.
  };

  /// @param write_at is called until finish() returns.
  /// Fails with ErrorKind::input when the source's sound can't be read, with ErrorKind::output
  /// when the container can't hold the sound, there is no libx264, or `write_at` fails.
  static base::Result<VideoWriter> create(Options options, const VideoInfo& info,
                                          WriteAt write_at);

  VideoWriter(VideoWriter&&) noexcept;
  VideoWriter& operator=(VideoWriter&&) noexcept;
  ~VideoWriter();

  /// The frame's picture, turned, to be drawn on until write(). Fails with ErrorKind::output
  /// where memory is short.
  base::Result<image::Canvas> show(const Frame& frame);

  /// Writes the canvas as the picture at `time`, which must rise, and the sound up to it. Fails
  /// with what `write_at` fails with.
  base::Result<void> write(base::Seconds time);

  /// Writes what is left. Without a picture written there is no video, and it fails.
  base::Result<void> finish(SoundTo sound_to);

 private:
  class Impl;
  explicit VideoWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace matside::video
