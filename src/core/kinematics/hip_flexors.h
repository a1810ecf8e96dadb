// How long the muscles of the front of hip and thigh are, by one generic body's geometry: an
// illustration of where a stretch comes from, never a clinical number.
#pragma once

#include "core/base/quantity.h"

namespace matside::kinematics {

/// The rectus femoris beside its length with hip and knee straight, in percent.
/// @param hip_flexion below 0 = extended; the model holds from -20 to 30 degrees
/// @param knee_flexion 0 = straight; it holds to 120 degrees. Beyond, its value at the border.
/// @source movement.md 2.3 (a): a fit to OpenSim gait2392 (Delp 1990, CC BY 3.0), off by 0.32
/// at
///   most
double rectus_femoris_lengthening_percent(base::Degrees hip_flexion,
                                          base::Degrees knee_flexion);

/// The psoas beside its length with the hip straight, in percent.
/// @source the same
double psoas_lengthening_percent(base::Degrees hip_flexion);

}  // namespace matside::kinematics
