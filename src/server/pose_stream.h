// A practice whose poses were found elsewhere: poses and the person's messages in, what is seen
// and said out. At /poses text messages are those of practice.schema.json. A frame is binary
// and little-endian: index (uint32), time in seconds (float64), the picture's width and height
// in pixels (uint16 each), then 33 times x and y in pixels and score (float32 each), or nothing
// more where nobody is seen. Every Nth (/poses?every=N, 1 by default) is answered by its index
// alone, as four bytes; that answers those before it, too.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/coaching/lesson.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "server/client_messages.h"
#include "server/server_messages.h"

namespace matside::server {

struct PosesFrame {
  std::uint32_t index = 0;
  pose::PoseFrame seen;
};

inline constexpr std::size_t kPosesFrameHead_bytes = 16;
inline constexpr std::size_t kPosesFrame_bytes =
    kPosesFrameHead_bytes + 3 * sizeof(float) * pose::kLandmarkCount;

/// @returns ErrorKind::input for another size, a picture without pixels or a time that is none.
base::Result<PosesFrame> parse_poses_frame(std::span<const std::uint8_t> message);

/// The N in "?every=N", 1 where there is no question; nothing for what it may not be.
std::optional<int> ack_interval(std::string_view query);

/// One thread at a time.
class PoseStream {
 public:
  /// What to send. After a failure, or once ended, there is no more.
  struct Reply {
    std::vector<std::string> messages;
    std::optional<std::uint32_t> done;
    bool ended = false;
  };

  /// @param exercise must outlive the stream
  PoseStream(const exercise::Definition& exercise, int ack_interval)
      : exercise_(&exercise), ack_interval_(ack_interval) {}

  Reply handle_text(std::string_view text);
  Reply handle_frame(std::span<const std::uint8_t> message);
  [[nodiscard]] bool has_started() const { return lesson_.has_value(); }

 private:
  Reply begin(const ClientHello& hello);
  Reply reply_to(std::span<const coaching::LessonEvent> events);

  const exercise::Definition* exercise_;
  int ack_interval_;
  std::optional<coaching::Lesson> lesson_;
  std::int64_t frames_ = 0;
};

}  // namespace matside::server
