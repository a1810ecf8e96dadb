// What the page is sent: the messages of practice.schema.json.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/coaching/lesson.h"
#include "core/coaching/script.h"
#include "core/engine/analysis.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"

namespace matside::server {

/// Why a connection ends.
enum class FailureKind : std::uint8_t { busy, bad_message, bad_frame, too_many, broken };

/// Both knees' flexion at one instant, by pose::index(Side).
struct KneeSample {
  base::Seconds time;
  std::array<std::optional<base::Degrees>, 2> flexion;
};

/// A practice that is over.
struct Ending {
  std::int64_t frames = 0;
  coaching::EndedBy by = coaching::EndedBy::person;
  bool self_reported = false;
  engine::Analysis analysis;
  std::deque<KneeSample> curve;
  std::optional<std::int64_t> practice;  ///< as it is filed
};

std::string ready_message(const exercise::Level& level, int repetitions,
                          std::optional<std::int64_t> practice);
std::string script_message(const std::vector<coaching::ScriptItem>& items);
/// A frame that gave way to a newer one.
std::string frame_dropped_message(std::uint32_t index);
/// @param index the page's own
std::string frame_done_message(std::uint32_t index, const pose::PoseFrame& seen,
                               const engine::Moment& moment);
/// @param exercise where the words come from
std::string told_message(const coaching::Told& told, const exercise::Definition& exercise);
std::string summary_message(const Ending& ending, const exercise::Definition& exercise);
std::string failure_message(FailureKind kind, std::string_view message);

}  // namespace matside::server
