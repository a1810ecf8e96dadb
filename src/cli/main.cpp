// The command-line program.
#include <sys/stat.h>

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/command_line.h"
#include "cli/diagnostics.h"
#include "cli/interrupt.h"

namespace {

/// Without this glibc doesn't return the memory of a network file after reading it: up to 80
/// MB.
void return_freed_memory() {
#ifdef __GLIBC__
  constexpr int kOwnMapping_bytes = 128 * 1024;
  mallopt(M_MMAP_THRESHOLD, kOwnMapping_bytes);
#endif
}

/// Whatever the program makes tells of a person's health: folders, databases and their logs.
void keep_new_files_private() { ::umask(S_IRWXG | S_IRWXO); }

}  // namespace

int main(int argc, char** argv) {
  using namespace matside::cli;
  return_freed_memory();
  keep_new_files_private();
  set_up_logging();
  catch_interrupts();
  const auto action = parse_command_line(argc, argv);
  return action ? action.value()() : fail(action.error());
}
