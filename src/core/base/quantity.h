// Numbers that carry their unit, so that degrees cannot be passed for radians.
#pragma once

#include <compare>
#include <numbers>

namespace matside::base {

/// A double with a unit in its type. Same-unit sums and scaling only; `value()` leaves the
/// unit.
template <class Unit>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(double value) : value_(value) {}
  [[nodiscard]] constexpr double value() const { return value_; }

  constexpr Quantity& operator+=(Quantity other) {
    value_ += other.value_;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity other) {
    value_ -= other.value_;
    return *this;
  }
  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    return Quantity(a.value_ + b.value_);
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    return Quantity(a.value_ - b.value_);
  }
  friend constexpr Quantity operator-(Quantity a) { return Quantity(-a.value_); }
  friend constexpr Quantity operator*(Quantity a, double k) { return Quantity(a.value_ * k); }
  friend constexpr Quantity operator*(double k, Quantity a) { return a * k; }
  friend constexpr Quantity operator/(Quantity a, double k) { return Quantity(a.value_ / k); }
  friend constexpr double operator/(Quantity a, Quantity b) { return a.value_ / b.value_; }
  friend constexpr auto operator<=>(Quantity, Quantity) = default;

 private:
  double value_ = 0.0;
};

using Seconds = Quantity<struct SecondsUnit>;
using Degrees = Quantity<struct DegreesUnit>;
using Radians = Quantity<struct RadiansUnit>;

constexpr Degrees to_degrees(Radians angle) {
  return Degrees(angle.value() * 180.0 / std::numbers::pi);
}
constexpr Radians to_radians(Degrees angle) {
  return Radians(angle.value() * std::numbers::pi / 180.0);
}

}  // namespace matside::base
