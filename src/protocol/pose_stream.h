// A practice whose poses another program finds: poses and the person's messages in, messages
// out. At /poses, text messages are those of practice.schema.json. Frames are binary and
// little-endian, in one of two forms:
//
// - With the WebSocket subprotocol matside.poses.1, each message has 1 to 60 frames, as
//   formats/pose_message.h describes. The time must rise from frame to frame.
// - Without a subprotocol, each message is a frame: index (uint32), time in seconds from 0
//   (float64), the picture's width and height in pixels (uint16 each), then 33 times x and y in
//   pixels and score from 0 to 1 (float32 each), or nothing more where nobody is detected.
//
// Every Nth frame (/poses?every=N, 1 by default) is acknowledged by an index as four bytes,
// which also acknowledges the frames before it. A message is acknowledged once, by its last
// frame's index, if it has an Nth frame.
//
// One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "protocol/client_messages.h"
#include "protocol/lesson_stream.h"
#include "records/exercises.h"

namespace matside::protocol {

/// A frame as it arrived.
struct PosesFrame {
  std::uint32_t index = 0;  ///< The client's own number of it.
  pose::PoseFrame seen;     ///< In pixels of the client's picture.
};

/// Size of a frame without landmarks, and of one with them.
inline constexpr std::size_t kPosesFrameHead_bytes = 16;
inline constexpr std::size_t kPosesFrame_bytes =
    kPosesFrameHead_bytes + 3 * sizeof(float) * pose::kLandmarkCount;

/// @returns ErrorKind::input for another length, a picture without pixels, or a time that is
///   negative or not finite
base::Result<PosesFrame> parse_poses_frame(std::span<const std::uint8_t> message);

/// How binary messages hold frames.
enum class FrameForm {
  single,   ///< One in each message; parse_poses_frame().
  several,  ///< formats::PoseMessage
};

/// The N in "?every=N", from 1 to 60; 1 for an empty query, nothing for any other one.
std::optional<int> ack_interval(std::string_view query);

/// One stream, from its hello to its summary.
class PoseStream {
 public:
  /// What to send. After `ended` nothing more may be handled.
  struct Reply {
    std::vector<std::string> messages;
    std::optional<std::uint32_t> done;  ///< Index to acknowledge, after the messages.
    int frames = 0;                     ///< Taken from the message.
    bool ended = false;
  };

  /// @param exercises must outlive the stream
  /// @param ack_interval one frame in so many is acknowledged, at least 1
  PoseStream(const records::Exercises& exercises, int ack_interval,
             FrameForm form = FrameForm::single)
      : exercises_(exercises), ack_interval_(ack_interval), form_(form) {}

  /// Takes a message. One that does not fit ends the stream with a bad_message failure.
  Reply handle_text(std::string_view text);
  /// Takes a binary message. An invalid one ends the stream with a bad_frame failure, before
  /// any of its frames is used; one before the hello with bad_message.
  Reply handle_binary(std::span<const std::uint8_t> message);
  /// Whether a valid hello arrived.
  [[nodiscard]] bool has_started() const { return lesson_.has_value(); }

 private:
  Reply begin(const ClientHello& hello);
  Reply take_frame(std::span<const std::uint8_t> message);
  Reply take_frames(std::span<const std::uint8_t> message);

  records::Exercises exercises_;
  int ack_interval_;
  FrameForm form_;
  base::Seconds last_{-1.0};  ///< Of the last frame, with FrameForm::several.
  std::optional<LessonStream> lesson_;
};

}  // namespace matside::protocol
