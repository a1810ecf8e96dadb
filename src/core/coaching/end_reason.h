// Why a practice ended. Lessons report it, and records store it.
#pragma once

#include <cstdint>
#include <string_view>

namespace matside::coaching {

enum class EndReason : std::uint8_t {
  goal,         ///< All requested repetitions are done.
  person,       ///< The person, or the end of the recording, ended it.
  discomfort,   ///< The person reported discomfort.
  interrupted,  ///< Unfinished, and not resumed in time. A lesson itself never reports this.
};

/// The name in messages, files and the database: goal, person, discomfort or interrupted.
std::string_view name(EndReason reason);

}  // namespace matside::coaching
