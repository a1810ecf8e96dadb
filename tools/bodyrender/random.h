// Deterministic random numbers: the same seed gives the same samples on every machine and with
// any number of threads.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <numbers>

namespace matside::bodyrender {

/// A 64-bit hash of two values (SplitMix64).
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b = 0) {
  std::uint64_t z = a + 0x9e3779b97f4a7c15ULL * (b + 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

/// A small random number generator.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(mix(seed)) {}

  std::uint64_t bits() { return mix(state_++); }
  /// 0 <= x < 1.
  float unit() { return static_cast<float>(bits() >> 40) * 0x1p-24F; }
  float uniform(float low, float high) { return low + (high - low) * unit(); }
  bool chance(float probability) { return unit() < probability; }
  /// 0 .. count - 1; `count` is positive.
  int below(int count) { return static_cast<int>(bits() % static_cast<std::uint64_t>(count)); }
  float sign() { return chance(0.5F) ? 1.0F : -1.0F; }
  float log_uniform(float low, float high) {
    return std::exp(uniform(std::log(low), std::log(high)));
  }
  float normal(float mean = 0.0F, float deviation = 1.0F) {
    const float radius = std::sqrt(-2.0F * std::log(1.0F - unit()));
    return mean + deviation * radius * std::cos(2.0F * std::numbers::pi_v<float> * unit());
  }
  template <class T>
  T pick(std::initializer_list<T> values) {
    return *(values.begin() + below(static_cast<int>(values.size())));
  }

 private:
  std::uint64_t state_;
};

}  // namespace matside::bodyrender
