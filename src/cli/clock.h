// The current time, and this program's name in the records.
#pragma once

#include <string>

#include "records/local_time.h"
#include "records/practice_draft.h"

namespace matside::cli {

/// The time by the system's clock and time zone; or $MATSIDE_NOW (seconds since 1970, UTC), so
/// that tests can set the date.
records::LocalTime now();

/// This program's version, with the pose network that found the poses; an empty `pose_model`
/// where there was no network.
records::EngineInfo engine_info(const std::string& pose_model, bool eye);

}  // namespace matside::cli
