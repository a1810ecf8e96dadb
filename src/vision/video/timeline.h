// Presentation times that always rise, from the stamps a stream really has.
#pragma once

#include <optional>

#include "core/base/quantity.h"

namespace matside::video {

/// Turns a stream's stamps, in presentation order, into strictly rising times from 0.
///
/// - The first picture is at 0, whatever its stamp.
/// - A stamp that rises is kept as it is, however uneven the steps are.
/// - A picture without a stamp comes one nominal frame interval after the one before.
/// - A stamp that repeats or steps back by less than a second belongs to a picture that came
/// too
///   late to be shown: the picture is dropped.
/// - A longer step back, or a third late picture running, means that the stream's clock was set
///   anew (recordings joined end to end): the clock is carried on from one nominal interval
///   after the last picture.
class Timeline {
 public:
  /// @param nominal_interval_s seconds between pictures at the stream's usual rate, above 0.
  explicit Timeline(double nominal_interval_s) : nominal_interval_s_(nominal_interval_s) {}

  /// The time of the next picture, or nothing when it is to be dropped.
  std::optional<base::Seconds> next(std::optional<double> stamp_s);

  /// Forgets the last picture but not where 0 is, so that reading can go on elsewhere.
  void jump();

 private:
  double nominal_interval_s_;
  std::optional<double> origin_s_;  ///< the stamp that stands for time 0
  std::optional<double> last_s_;    ///< the time given last
  int late_running_ = 0;
};

}  // namespace matside::video
