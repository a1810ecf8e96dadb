// Several frames of poses as one binary message, for pose streams. All numbers are
// little-endian, and every frame has the same size:
//
//   offset  size  content of a message
//        0     4  "MPOS"
//        4     2  uint16   version, 1
//        6     2  uint16   frames N, 1 to 60
//        8     4  uint32   the sender's number of the first frame; the others follow it
//       12     4  uint16   width and height of the upright picture in pixels, at least 1 each
//       16  408N           the frames
//
//   offset  size  content of a frame
//        0     8  float64  time in seconds, 0 or more, later than the frame before
//        8     4  uint32   1: a person was found; 0: nobody, and the rest is 0
//       12   396  float32  33 times x and y in pixels and visibility from 0 to 1
//
// A float32 holds the hundredths of a pixel and the 0.0001 of a score that the engine rounds to
// (pose::rounded), anywhere in a picture of up to 65,535 pixels. So a message gives the same
// results as a table of poses.
//
// Values and pure functions: any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// The WebSocket subprotocol that announces these messages.
inline constexpr std::string_view kPoseMessageProtocol = "matside.poses.1";
/// Two seconds at 30 frames a second.
inline constexpr std::size_t kMaxPoseMessageFrames = 60;
inline constexpr std::size_t kPoseMessageHead_bytes = 16;
inline constexpr std::size_t kPoseMessageFrame_bytes = 12 + 12 * pose::kLandmarkCount;

constexpr std::size_t pose_message_bytes(std::size_t frames) {
  return kPoseMessageHead_bytes + frames * kPoseMessageFrame_bytes;
}

/// A message whose bytes were checked. It refers to them.
class PoseMessage {
 public:
  /// Checks everything before any frame is made.
  /// @returns ErrorKind::input for bytes that are no such message: another beginning, version,
  ///   number of frames or length, a picture without pixels, a number that is not finite, a
  ///   negative time, a time that is not later than the frame before, a pose of nobody
  static base::Result<PoseMessage> read(std::span<const std::uint8_t> bytes);

  [[nodiscard]] std::size_t frames() const { return frames_; }
  [[nodiscard]] std::uint32_t first_index() const { return first_index_; }
  /// @param number from 0 to frames() - 1
  [[nodiscard]] base::Seconds time(std::size_t number) const;
  /// The frame. Its `frame_index` is `number`.
  [[nodiscard]] pose::PoseFrame frame(std::size_t number) const;

 private:
  explicit PoseMessage(std::span<const std::uint8_t> bytes);
  [[nodiscard]] std::span<const std::uint8_t> bytes_of(std::size_t number) const;

  std::span<const std::uint8_t> bytes_;
  std::size_t frames_;
  std::uint32_t first_index_;
  base::ImageSize size_;
};

/// Makes a message, frame by frame.
class PoseMessageWriter {
 public:
  /// @param first_index the sender's number of the first frame
  explicit PoseMessageWriter(std::uint32_t first_index);

  /// Adds a frame, rounded. A landmark that is not valid is written as missing. Estimates of
  /// the knees are not part of a message.
  /// @returns ErrorKind::input for a time that is not valid or not later than the frame before,
  ///   a picture of less than 1 or more than 65,535 pixels a side, or of another size than the
  ///   frame before; ErrorKind::usage when the message is full
  base::Result<void> add(const pose::PoseFrame& frame);

  /// The message so far, which may be sent once it has a frame.
  [[nodiscard]] std::span<const std::uint8_t> bytes() const { return bytes_; }

 private:
  [[nodiscard]] base::Result<void> check(const pose::PoseFrame& frame) const;

  std::vector<std::uint8_t> bytes_;
  std::uint16_t frames_ = 0;
  base::ImageSize size_;
  base::Seconds last_;
};

}  // namespace matside::formats
