// A limit on messages a second, for one connection.
//
// Belongs to the answering thread. Time is passed in.
#pragma once

#include <chrono>

namespace matside::server {

/// Counts messages in windows of one second; the first message after a window opens the next.
class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit RateLimiter(int max_per_second) : max_per_second_(max_per_second) {}

  /// Counts `messages` at `now`. @returns whether they are within the limit.
  bool allow(Time now, int messages = 1) {
    if (now - window_start_ >= std::chrono::seconds(1)) {
      window_start_ = now;
      count_ = 0;
    }
    count_ += messages;
    return count_ <= max_per_second_;
  }

 private:
  int max_per_second_;
  int count_ = 0;
  Time window_start_;
};

}  // namespace matside::server
