// The current time.
#pragma once

#include "records/local_time.h"

namespace matside::cli {

/// The time by the system's clock and time zone; or $MATSIDE_NOW (seconds since 1970, UTC), so
/// that tests can set the date.
records::LocalTime now();

}  // namespace matside::cli
