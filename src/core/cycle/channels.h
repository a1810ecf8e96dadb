// What the channels of an exercise read in one frame.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "core/base/quantity.h"
#include "core/exercise/cycle_rules.h"
#include "core/exercise/measurement_rules.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/rest_baseline.h"
#include "core/kinematics/rest_noise.h"

namespace matside::cycle {

/// One channel: both legs by pose::index(Side); a channel of the body is at 0 alone. Absent
/// where the joints weren't seen well enough.
using ChannelReading = std::array<std::optional<double>, 2>;

/// All channels of one frame, above rest, each in its unit (exercise::unit_of()).
struct FrameReadings {
  base::Seconds time;
  std::array<ChannelReading, exercise::kChannelCount> channels;
  /// How well the limbs of each leg fit their lengths at rest, 0 to 1 (LegAngles::knee_weight).
  std::array<double, 2> leg_weight{1.0, 1.0};

  [[nodiscard]] const ChannelReading& of(exercise::Channel channel) const {
    return channels[static_cast<std::size_t>(channel)];
  }
};

/// `body` and `rest` in the same rectified picture.
FrameReadings read_channels(const kinematics::BodyFrame& body, const kinematics::RestPose& rest,
                            const exercise::MeasurementRules& rules);

/// The standard deviation of a channel's readings at rest, in its unit.
double noise_of(exercise::Channel channel, const kinematics::RestNoise& noise);

/// The greater of the two legs' readings; of the body, its reading.
std::optional<double> greater(const ChannelReading& reading);
/// The lesser of the two legs' readings; absent where a leg is. Of the body, its reading.
std::optional<double> lesser(exercise::Channel channel, const ChannelReading& reading);

}  // namespace matside::cycle
