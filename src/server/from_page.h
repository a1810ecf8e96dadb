// What the page sends, read strictly: the messages of practice.schema.json and its pictures.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/coaching/wish.h"

namespace matside::server {

struct Hello {
  coaching::Wish wish;
  bool camera = true;
  std::optional<std::int64_t> person;  ///< whose records it is filed in
  std::optional<int> comfort_before;
  std::optional<std::int64_t> resume;  ///< a practice that is gone on with
  std::string unlocked;                ///< token for a person's PIN
};
struct Pause {};
struct Resume {};
struct Comfort {
  bool comfortable = true;
};
/// What the person did without a camera, by their own word.
struct SelfReported {
  int left = 0;
  int right = 0;
};
struct Stop {};
using FromPage = std::variant<Hello, Pause, Resume, Comfort, SelfReported, Stop>;

/// @returns ErrorKind::input for what the schema does not allow.
base::Result<FromPage> parse_message(std::string_view text);

/// A picture as it came in; `jpeg` is part of the message.
struct Frame {
  std::uint32_t index = 0;
  base::Seconds time;
  std::span<const std::uint8_t> jpeg;
};

/// @returns ErrorKind::input when there is no picture, or its time is none.
base::Result<Frame> parse_frame(std::span<const std::uint8_t> message);

}  // namespace matside::server
