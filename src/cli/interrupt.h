// Ctrl-C and `kill` as a flag that work in progress checks.
#pragma once

#include <atomic>

namespace matside::cli {

/// From now on the first SIGINT or SIGTERM sets stop_requested(); a second one ends the
/// program. A closed pipe and a full quota become failed writes instead of signals.
void catch_interrupts();

/// True once the person has asked to stop. Valid as long as the program runs.
const std::atomic<bool>& stop_requested();

}  // namespace matside::cli
