// Strictly rising presentation times from a stream's own timestamps.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/quantity.h"

namespace matside::media {

/// Pictures per second where a stream doesn't say.
inline constexpr double kUsualRate_hz = 25.0;
/// A smaller step back is a picture or packet out of order, a larger one a restarted clock.
inline constexpr double kMaxLateness_s = 1.0;
/// Ticks. Timestamps up to here are exact in a double and far from overflow.
inline constexpr std::int64_t kMaxTimestamp = 9'000'000'000'000'000;

/// Converts a stream's timestamps, in presentation order, into strictly rising times from 0.
///
/// - The first picture is at 0, whatever its timestamp.
/// - A rising timestamp is used as it is, however uneven the steps.
/// - A picture without a timestamp comes one nominal interval after the previous one.
/// - A timestamp that repeats, or steps back by less than a second, marks a late picture, which
/// is
///   dropped.
/// - A longer step back, or a third consecutive late picture, means that the clock restarted
///   (recordings joined end to end). Time then continues one nominal interval after the last
///   picture.
class Timeline {
 public:
  /// @param nominal_interval_s seconds between pictures at the stream's usual rate, above 0.
  explicit Timeline(double nominal_interval_s) : nominal_interval_s_(nominal_interval_s) {}

  /// The time of the next picture, or nothing when it is dropped.
  /// @param timestamp_s the picture's timestamp in seconds, if it has one.
  std::optional<base::Seconds> next(std::optional<double> timestamp_s);

  /// Forgets the last picture but keeps the origin, so that reading can continue elsewhere.
  void reset_after_seek();

 private:
  double nominal_interval_s_;
  std::optional<double> origin_s_;  ///< Timestamp of time 0.
  std::optional<double> last_s_;    ///< The time returned last.
  int consecutive_late_ = 0;
};

}  // namespace matside::media
