// The threads of FramePipeline. A browser's module has none: there one caller does all the
// work.
#pragma once

#include <cstddef>
#include <functional>

#ifndef __wasm__
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>
#else
#include <cstdlib>
#endif

namespace matside::blazepose {

#ifndef __wasm__
using Mutex = std::mutex;
using Lock = std::unique_lock<std::mutex>;
using Condition = std::condition_variable;

/// Calls `work` with 0 to threads - 1 at the same time, 0 on the caller's thread, and waits.
/// Calls it fewer times when the system cannot start that many threads.
inline void run_on_threads(std::size_t threads, const std::function<void(std::size_t)>& work) {
  std::vector<std::thread> others;
  others.reserve(threads - 1);
  try {
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work, i);
  } catch (const std::system_error&) {
    // The system gives no more threads; the ones that exist share the work.
  }
  work(0);
  for (std::thread& other : others) other.join();
}
#else
struct Mutex {};
struct Lock {
  explicit Lock(Mutex& /*mutex*/) {}
  void lock() {}
  void unlock() {}
};
struct Condition {
  void notify_all() {}
  /// A single thread never waits for another.
  void wait(Lock& /*lock*/) { std::abort(); }
};

inline void run_on_threads(std::size_t /*threads*/,
                           const std::function<void(std::size_t)>& work) {
  work(0);
}
#endif

}  // namespace matside::blazepose
