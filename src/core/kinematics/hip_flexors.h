// The length of the muscles at the front of hip and thigh, from the geometry of one generic
// body: an illustration of where a stretch comes from, not a clinical number.
#pragma once

#include "core/base/quantity.h"

namespace matside::kinematics {

/// Lengthening of the rectus femoris against hip and knee straight, in percent.
/// @param hip_flexion below 0 = extended; the model holds from -20 to 30 degrees
/// @param knee_flexion 0 = straight; it holds to 120 degrees. Beyond, its value at the border.
/// @source movement.md 2.3 (a): a fit to OpenSim gait2392 (Delp 1990, CC BY 3.0), off by 0.32
/// at
///   most
double rectus_femoris_lengthening_percent(base::Degrees hip_flexion,
                                          base::Degrees knee_flexion);

/// Lengthening of the psoas against the hip straight, in percent.
/// @source the same
double psoas_lengthening_percent(base::Degrees hip_flexion);

}  // namespace matside::kinematics
