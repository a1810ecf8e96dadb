// A practice by sound alone, in a terminal: every line is printed, and spoken where espeak-ng
// is installed.
#pragma once

#include "cli/records_command.h"
#include "cli/records_context.h"
#include "core/base/result.h"

namespace matside::cli {

/// Leads through a set until it ends, or Ctrl-C. Then asks for the counts and saves them as
/// self-reported.
/// @returns as records::save_self_reported()
base::Result<void> run_audio_practice(const RecordsContext& context,
                                      const RecordsCommand& command);

}  // namespace matside::cli
