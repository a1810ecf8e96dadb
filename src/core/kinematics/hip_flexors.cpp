#include "core/kinematics/hip_flexors.h"

#include <algorithm>

namespace matside::kinematics {
namespace {

constexpr double kMaxExtendedDeg = -20.0;
constexpr double kMaxFlexedDeg = 30.0;
constexpr double kMaxBentDeg = 120.0;

double within_model(base::Degrees hip_flexion) {
  return std::clamp(hip_flexion.value(), kMaxExtendedDeg, kMaxFlexedDeg);
}

}  // namespace

double rectus_femoris_lengthening_percent(base::Degrees hip_flexion,
                                          base::Degrees knee_flexion) {
  const double h = within_model(hip_flexion);
  const double k = std::clamp(knee_flexion.value(), 0.0, kMaxBentDeg);
  return -1.73221e-1 * h - 1.11945e-3 * h * h + 2.17693e-1 * k - 1.11041e-4 * k * k -
         3.18680e-6 * k * k * k;
}

double psoas_lengthening_percent(base::Degrees hip_flexion) {
  const double h = within_model(hip_flexion);
  return -2.56288e-1 * h - 6.82613e-4 * h * h;
}

}  // namespace matside::kinematics
