// How many messages came in the current second.
#pragma once

#include <chrono>

namespace matside::server {

class Rate {
 public:
  explicit Rate(int most) : most_(most) {}

  bool admits_another() {
    const auto now = std::chrono::steady_clock::now();
    if (now - since_ >= std::chrono::seconds(1)) {
      since_ = now;
      count_ = 0;
    }
    return ++count_ <= most_;
  }

 private:
  int most_;
  int count_ = 0;
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

}  // namespace matside::server
