#include "vision/blazepose/eye.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>

#include "core/base/math.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kEyeCells = 64;
constexpr double kSidePx = 256.0;
// Channels: logits of each joint, logarithm of its deviation in pixels of 256, flexion of the
// near and far knee in hundreds of degrees, logarithm of its deviation in degrees.
constexpr std::size_t kPlaces = 1 + 2 * kEyeJoints;
constexpr std::size_t kFlexion = 2 * kPlaces;
constexpr std::size_t kEyeChannels = kFlexion + 4;
constexpr double kFlexionScale = 100.0;
constexpr std::size_t kKnee = 1 + static_cast<std::size_t>(EyeJoint::knee);
constexpr std::array<std::size_t, 2> kKnees = {kKnee, kKnee + kEyeJoints};  ///< By CameraSide.

/// Sums over the cells for every joint, weighted by the softmax of its channel.
struct Sums {
  std::array<double, kPlaces> all{};
  std::array<double, kPlaces> column{};
  std::array<double, kPlaces> row{};
  std::array<double, kPlaces> log_deviation{};
  std::array<std::array<double, 2>, 2> knees{};  ///< By CameraSide: flexion, log deviation.
};

/// By joint, plus one unused channel that makes the count a multiple of four for vector code.
constexpr std::size_t kLanes = kPlaces + 1;
using Places = std::array<float, kLanes>;

Places largest(std::span<const float> maps) {
  Places best;
  std::copy_n(maps.begin(), kLanes, best.begin());
  for (std::size_t cell = 1; cell < kEyeCells * kEyeCells; ++cell) {
    const float* value = &maps[cell * kEyeChannels];
    for (std::size_t p = 0; p < kLanes; ++p) best[p] = value[p] > best[p] ? value[p] : best[p];
  }
  return best;
}

/// exp(x) for x from kLowest to 0, relative error about 2e-7. Free of branches, so that the
/// compiler vectorizes it.
constexpr float kLowest = -87.0F;
float exp_negative(float x) {
  constexpr float kWhole =
      12582912.0F;  // 1.5 * 2^23: sums with it are rounded to whole numbers
  const float shifted = x * 1.44269504F + kWhole;
  const float halvings = shifted - kWhole;
  // ln 2 in two parts, the first with few digits, so that the remainder is exact.
  const float rest = (x - halvings * 0.693359375F) + halvings * 2.12194440e-4F;
  float power = rest * (1.0F / 720.0F) + 1.0F / 120.0F;
  power = power * rest + 1.0F / 24.0F;
  power = power * rest + 1.0F / 6.0F;
  power = power * rest + 0.5F;
  power = (power * rest) * rest + rest + 1.0F;
  const std::uint32_t exponent = std::bit_cast<std::uint32_t>(shifted) << 23U;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(power) + exponent);
}

/// Adds the cells of one row, in floats: a row is short enough.
void add_row(std::span<const float> maps, std::size_t row, const Places& best, Sums& sums) {
  Places all{};
  Places column{};
  Places log_deviation{};
  std::array<std::array<float, 2>, 2> knees{};
  for (std::size_t x = 0; x < kEyeCells; ++x) {
    const float* value = &maps[(row * kEyeCells + x) * kEyeChannels];
    const float middle = static_cast<float>(static_cast<std::int32_t>(x)) + 0.5F;
    Places chance;
    for (std::size_t p = 0; p < kLanes; ++p) {
      const float below_best = value[p] - best[p];
      chance[p] = below_best > kLowest ? below_best : kLowest;
    }
    for (std::size_t p = 0; p < kLanes; ++p) {
      chance[p] = exp_negative(chance[p]);
      all[p] += chance[p];
      column[p] += chance[p] * middle;
      log_deviation[p] += chance[p] * value[kPlaces + p];
    }
    for (std::size_t side = 0; side < 2; ++side) {
      knees[side][0] += chance[kKnees[side]] * value[kFlexion + side];
      knees[side][1] += chance[kKnees[side]] * value[kFlexion + 2 + side];
    }
  }
  for (std::size_t p = 0; p < kPlaces; ++p) {
    const auto in_row = static_cast<double>(all[p]);
    sums.all[p] += in_row;
    sums.column[p] += static_cast<double>(column[p]);
    sums.row[p] += in_row * (static_cast<double>(row) + 0.5);
    sums.log_deviation[p] += static_cast<double>(log_deviation[p]);
  }
  for (std::size_t side = 0; side < 2; ++side) {
    sums.knees[side][0] += static_cast<double>(knees[side][0]);
    sums.knees[side][1] += static_cast<double>(knees[side][1]);
  }
}

JointEstimate joint(const Sums& sums, std::size_t place) {
  const double all = sums.all[place];
  const double log_deviation_px = sums.log_deviation[place] / all;
  return {sums.column[place] / all / kEyeCells, sums.row[place] / all / kEyeCells,
          base::exp(std::clamp(log_deviation_px, -2.0, 5.0)) / kSidePx};
}

pose::KneeEstimate knee(const Sums& sums, std::size_t side) {
  const double all = sums.all[kKnees[side]];
  const double log_deviation = std::clamp(sums.knees[side][1] / all, -1.0, 5.0);
  return {base::Degrees(sums.knees[side][0] / all * kFlexionScale),
          base::Degrees(base::exp(log_deviation))};
}

std::array<double, kPostureClassCount> postures(std::span<const float> logits) {
  std::array<double, kPostureClassCount> mean{};
  for (std::size_t i = 0; i < logits.size(); ++i) {
    mean[i % kPostureClassCount] += static_cast<double>(logits[i]);
  }
  const double cells = static_cast<double>(logits.size()) / kPostureClassCount;
  const double best = *std::ranges::max_element(mean) / cells;
  double sum = 0.0;
  for (double& value : mean) sum += value = base::exp(value / cells - best);
  for (double& value : mean) value /= sum;
  return mean;
}

}  // namespace

EyeReading read_eye(std::span<const float> maps, std::span<const float> posture) {
  assert(maps.size() == network::element_count(kEyeMapsShape));
  assert(posture.size() == network::element_count(kEyePostureShape));
  const Places best = largest(maps);
  Sums sums;
  for (std::size_t row = 0; row < kEyeCells; ++row) add_row(maps, row, best, sums);
  EyeReading reading;
  reading.nose = joint(sums, 0);
  for (std::size_t side = 0; side < 2; ++side) {
    for (std::size_t which = 0; which < kEyeJoints; ++which) {
      reading.sides[side][which] = joint(sums, 1 + side * kEyeJoints + which);
    }
    reading.knees[side] = knee(sums, side);
  }
  reading.posture = postures(posture);
  return reading;
}

}  // namespace matside::blazepose
