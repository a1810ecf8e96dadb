#include "vision/blazepose/eye.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace matside::blazepose {
namespace {

constexpr std::size_t kCells = 64;
constexpr double kSidePx = 256.0;
// Channels: chance of each joint (logits), logarithm of its deviation in px of 256, flexion of
// the near and far knee in hundreds of degrees, logarithm of its deviation in degrees.
constexpr std::size_t kPlaces = 1 + 2 * kEyeJoints;
constexpr std::size_t kFlexion = 2 * kPlaces;
constexpr std::size_t kChannels = kFlexion + 4;
constexpr double kFlexionScale = 100.0;

/// Chances over the cells of one joint: softmax of its channel.
class Chances {
 public:
  Chances(std::span<const float> maps, std::size_t place) : maps_(maps) {
    float best = maps[place];
    for (std::size_t cell = 1; cell < kCells * kCells; ++cell) {
      best = std::max(best, maps[cell * kChannels + place]);
    }
    float sum = 0.0F;
    for (std::size_t cell = 0; cell < kCells * kCells; ++cell) {
      chance_[cell] = std::exp(maps[cell * kChannels + place] - best);
      sum += chance_[cell];
    }
    for (float& chance : chance_) chance /= sum;
  }

  /// Expected value of another channel.
  [[nodiscard]] double of(std::size_t channel) const {
    double sum = 0.0;
    for (std::size_t cell = 0; cell < chance_.size(); ++cell) {
      sum += static_cast<double>(chance_[cell] * maps_[cell * kChannels + channel]);
    }
    return sum;
  }

  [[nodiscard]] PlacedJoint joint(double log_deviation_px) const {
    double u = 0.0;
    double v = 0.0;
    for (std::size_t cell = 0; cell < chance_.size(); ++cell) {
      const auto chance = static_cast<double>(chance_[cell]);
      const std::size_t row = cell / kCells;
      u += chance * (static_cast<double>(cell % kCells) + 0.5);
      v += chance * (static_cast<double>(row) + 0.5);
    }
    return {u / kCells, v / kCells,
            std::exp(std::clamp(log_deviation_px, -2.0, 5.0)) / kSidePx};
  }

 private:
  std::span<const float> maps_;
  std::array<float, kCells * kCells> chance_{};
};

std::array<double, kEyePostures> postures(std::span<const float> logits) {
  std::array<double, kEyePostures> mean{};
  for (std::size_t i = 0; i < logits.size(); ++i) {
    mean[i % kEyePostures] += static_cast<double>(logits[i]);
  }
  const double cells = static_cast<double>(logits.size()) / kEyePostures;
  const double best = *std::ranges::max_element(mean) / cells;
  double sum = 0.0;
  for (double& value : mean) sum += value = std::exp(value / cells - best);
  for (double& value : mean) value /= sum;
  return mean;
}

}  // namespace

EyeReading read_eye(std::span<const float> maps, std::span<const float> posture) {
  assert(maps.size() == network::element_count(kEyeMapsShape));
  assert(posture.size() == network::element_count(kEyePostureShape));
  EyeReading reading;
  for (std::size_t place = 0; place < kPlaces; ++place) {
    const Chances chances(maps, place);
    const PlacedJoint joint = chances.joint(chances.of(kPlaces + place));
    if (place == 0) {
      reading.nose = joint;
      continue;
    }
    const std::size_t side = (place - 1) / kEyeJoints;
    const std::size_t which = (place - 1) % kEyeJoints;
    reading.sides[side][which] = joint;
    if (which != static_cast<std::size_t>(EyeJoint::knee)) continue;
    const double log_deviation = std::clamp(chances.of(kFlexion + 2 + side), -1.0, 5.0);
    reading.knees[side] = {base::Degrees(chances.of(kFlexion + side) * kFlexionScale),
                           base::Degrees(std::exp(log_deviation))};
  }
  reading.posture = postures(posture);
  return reading;
}

}  // namespace matside::blazepose
