#include "core/signal/one_euro.h"

#include <cmath>
#include <numbers>

namespace matside::signal {
namespace {

double smoothing_factor(double step_s, double cutoff_hz) {
  const double r = 2.0 * std::numbers::pi * cutoff_hz * step_s;
  return r / (r + 1.0);
}

}  // namespace

double OneEuro::push(base::Seconds time, double x) {
  if (!last_time_) {
    last_time_ = time;
    raw_ = value_ = x;
    rate_ = 0.0;
    return value_;
  }
  const double step_s = (time - *last_time_).value();
  if (!(step_s > 0.0)) return value_;
  const double speed = (x - raw_) / step_s;
  const double alpha_rate = smoothing_factor(step_s, settings_.derivative_cutoff_hz);
  rate_ += alpha_rate * (speed - rate_);
  const double cutoff_hz = settings_.min_cutoff_hz + settings_.beta * std::abs(rate_);
  value_ += smoothing_factor(step_s, cutoff_hz) * (x - value_);
  last_time_ = time;
  raw_ = x;
  return value_;
}

void OneEuro::reset() {
  last_time_.reset();
  rate_ = 0.0;
}

}  // namespace matside::signal
