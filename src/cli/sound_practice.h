// A practice by sound alone, in a terminal: espeak-ng speaks where it is there, and every line
// is shown.
#pragma once

#include "cli/diary.h"
#include "cli/records_command.h"
#include "core/base/result.h"

namespace matside::cli {

/// Leads through a set; Ctrl-C stops it. What was done is asked, and kept at the person's word.
base::Result<void> practise_by_sound(const Diary& diary, const RecordsCommand& command);

}  // namespace matside::cli
