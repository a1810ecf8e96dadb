// Chance that is the same everywhere: one seed, one sequence, whatever the standard library.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

namespace matside::support {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(mixed(seed)) {}

  std::uint64_t bits() { return mixed(state_ += 0x9e3779b97f4a7c15ULL); }
  /// 0 <= x < 1.
  double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  double uniform(double low, double high) { return low + (high - low) * unit(); }
  bool chance(double probability) { return unit() < probability; }
  /// 0 .. count - 1; `count` is positive.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(bits() % count); }
  double log_uniform(double low, double high) {
    return std::exp(uniform(std::log(low), std::log(high)));
  }
  /// Mean 0, deviation 1.
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - unit()));
    return radius * std::cos(2.0 * std::numbers::pi * unit());
  }
  /// How long until something that happens `rate` times a second happens.
  double waiting_time(double rate) { return -std::log(1.0 - unit()) / rate; }
  template <class T>
  const T& pick(const std::vector<T>& values) {
    return values[below(values.size())];
  }

  /// An independent seed for part `part` of the thing that `seed` generates.
  static std::uint64_t seed_of(std::uint64_t seed, std::uint64_t part) {
    return mixed(mixed(seed) + 0x9e3779b97f4a7c15ULL * (part + 1));
  }

 private:
  static std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

}  // namespace matside::support
