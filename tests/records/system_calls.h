// Stands in for the system calls by which a program changes files, so that a test can kill the
// program at any of them, or let the disk be full. Nothing waits for the disk: a killed program
// loses nothing that it wrote.
#pragma once

namespace matside::records_test {

/// What happens at a system call.
enum class Fault {
  none,
  kill,         ///< The process is killed before the call.
  kill_inside,  ///< The process is killed when half of the bytes are written.
  full_disk,    ///< A file can't grow.
};

/// From now on, counts the calls of this process.
/// @param at  which call is hit by a kill, from 1
void inject(Fault fault, int at = 0);

}  // namespace matside::records_test
