// Stands in for the system calls by which a program changes files, so that a test can kill the
// program at any of them, or limit the room on the disk. Nothing waits for the disk: a killed
// program loses nothing that it wrote.
#pragma once

#include <cstdint>
#include <string>

namespace matside::records_test {

/// What happens at a system call.
enum class Fault {
  none,
  kill,         ///< The process is killed before the call.
  kill_inside,  ///< The process is killed when half of the bytes are written.
};

/// From now on, counts the calls of this process.
/// @param at  which call is hit by a kill, from 1
void inject(Fault fault, int at = 0);

/// While it exists, the files of a folder can grow by so much in all, as on a disk that is
/// nearly full. Removing or shortening one makes room.
class LimitedDisk {
 public:
  LimitedDisk(const std::string& folder, std::uintmax_t free_bytes);
  ~LimitedDisk();
  LimitedDisk(const LimitedDisk&) = delete;
  LimitedDisk& operator=(const LimitedDisk&) = delete;
};

}  // namespace matside::records_test
