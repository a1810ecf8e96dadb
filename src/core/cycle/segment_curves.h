// The channels' curves of one segment, smoothed without lag.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/cycle/channels.h"
#include "core/exercise/definition.h"
#include "core/exercise/movement_segmenter.h"
#include "core/pose/landmark.h"
#include "core/signal/samples.h"

namespace matside::cycle {

/// The curves of a segment that the exercise asks for.
class SegmentCurves {
 public:
  /// Both must outlive the curves.
  SegmentCurves(const exercise::MovementSegment& segment,
                const exercise::Definition& definition);

  /// A channel's curve, in its unit above rest; empty where it was never read. Made when it is
  /// first asked for.
  const std::vector<signal::Sample>& curve(exercise::Channel channel, exercise::LegChoice leg);
  /// The curve that makes repetitions.
  const std::vector<signal::Sample>& cycle();
  /// One leg's curve of a channel of the legs, by its label.
  const std::vector<signal::Sample>& leg(exercise::Channel channel, pose::Side side);

  /// How far the curve that makes repetitions is uncertain, one standard deviation of a frame.
  [[nodiscard]] double noise() const { return noise_; }
  /// The readings of every frame, unsmoothed.
  [[nodiscard]] std::span<const FrameReadings> frames() const { return frames_; }

 private:
  using Curve = std::optional<std::vector<signal::Sample>>;
  static constexpr std::size_t kChoices = 4;

  template <class LegOf>
  std::vector<signal::Sample> smooth(exercise::Channel channel, LegOf leg_of_frame) const;
  void find_moving_legs();
  [[nodiscard]] std::size_t wider_leg() const;
  /// Which leg of a frame is meant; nothing where no leg was read.
  [[nodiscard]] std::optional<std::size_t> leg_of(std::size_t frame, exercise::Channel channel,
                                                  exercise::LegChoice leg) const;

  const exercise::MovementSegment& segment_;
  const exercise::CycleRules& rules_;
  std::vector<FrameReadings> frames_;
  std::vector<std::size_t> moving_;  ///< of each frame, by pose::index(Side)
  double noise_;
  std::array<std::array<Curve, kChoices>, exercise::kChannelCount> curves_;
  std::array<std::array<Curve, 2>, exercise::kChannelCount> legs_;
};

/// The samples from `from` to `to`, both included.
std::span<const signal::Sample> between(std::span<const signal::Sample> samples,
                                        base::Seconds from, base::Seconds to);

/// The greatest value of the samples, or nothing for none.
std::optional<double> greatest(std::span<const signal::Sample> samples);

}  // namespace matside::cycle
