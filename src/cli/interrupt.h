// Ctrl-C and `kill` as a flag that work in progress looks at.
#pragma once

#include <atomic>

namespace matside::cli {

/// From now on SIGINT and SIGTERM set stop_requested() once; a second one ends the program at
/// once. A reader that goes away, or a file that may not grow, is a failed write, not a signal.
void catch_interrupts();

/// True when the person asked to stop. Lives as long as the program.
const std::atomic<bool>& stop_requested();

}  // namespace matside::cli
