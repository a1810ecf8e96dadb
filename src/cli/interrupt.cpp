#include "cli/interrupt.h"

#include <csignal>

namespace matside::cli {
namespace {

std::atomic<bool> stop{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set by a signal handler");

}  // namespace

extern "C" {
static void matside_on_interrupt(int /*signal*/) { stop = true; }
}

void catch_interrupts() {
  struct sigaction action = {};
  action.sa_handler = matside_on_interrupt;
  action.sa_flags = SA_RESETHAND | SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

const std::atomic<bool>& stop_requested() { return stop; }

}  // namespace matside::cli
