// The messages of practice.schema.json: what the page sends, read strictly, and what it is
// sent.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"

namespace matside::server {

struct Hello {
  int level = 1;
};
struct Stop {};
using FromPage = std::variant<Hello, Stop>;

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

/// Why a connection ends.
enum class FailureKind : std::uint8_t { busy, bad_message, bad_frame, too_many, broken };

std::string ready_message(const exercise::Level& level);
std::string frame_done_message(std::uint32_t index, bool dropped, bool person);
/// @param exercise where the words come from
std::string event_message(const engine::Event& event, const exercise::Definition& exercise);
std::string counts_message(const engine::Counts& counts);
std::string summary_message(const engine::Analysis& analysis,
                            const exercise::Definition& exercise);
std::string failure_message(FailureKind kind, std::string_view message);

}  // namespace matside::server
