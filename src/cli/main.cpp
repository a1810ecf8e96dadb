// The command-line program.
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/command_line.h"
#include "cli/interrupt.h"
#include "cli/messages.h"

namespace {

/// Without this glibc keeps the memory of a network file once it is read, 80 MB of the largest.
void give_memory_back() {
#ifdef __GLIBC__
  constexpr int kOwnMapping_bytes = 128 * 1024;
  mallopt(M_MMAP_THRESHOLD, kOwnMapping_bytes);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  using namespace matside::cli;
  give_memory_back();
  set_up_messages();
  catch_interrupts();
  const auto action = parse_command_line(argc, argv);
  return action ? action.value()() : fail(action.error());
}
