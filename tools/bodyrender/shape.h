// A person's body at rest: the base mesh with a mix of shape targets.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tools/bodyrender/body_data.h"
#include "tools/bodyrender/random.h"

namespace matside::bodyrender {

/// A body's build. Values between the ends of a range are mixtures.
struct Build {
  float male = 0.0F;     ///< 0 female .. 1 male.
  float old = 0.0F;      ///< 0 young .. 1 old.
  float african = 0.0F;  ///< With `asian` at most 1; the rest is caucasian.
  float asian = 0.0F;
  float weight = 0.0F;                                 ///< -1 least .. 1 most.
  float muscle = 0.0F;                                 ///< -1 least .. 1 most.
  float scale = 1.0F;                                  ///< Of the whole body.
  std::vector<std::pair<std::string, float>> details;  ///< Targets and how much of each.
};

/// A random build. With `held` it is from the part held out for testing, otherwise from the
/// rest; the two never overlap.
Build draw_build(const BodyData& data, bool held, Random& random);

/// Whether a build belongs to the held-out part.
bool is_held_out(const Build& build);

/// A person's mesh and rig at rest.
struct Shape {
  const BodyData* data = nullptr;
  std::vector<Vec3> vertices;  ///< At rest, metres.
  std::vector<Vec3> bone_head;
  std::vector<Vec3> bone_tail;
  float upper_arm_m = 0.0F;
  float lower_arm_m = 0.0F;
  /// A few vertices of pelvis and thighs: what rests on the mat when prone.
  std::vector<int> support;
  std::vector<int> trunk;                 ///< Some vertices of chest and head,
  std::array<std::vector<int>, 2> shank;  ///< of each lower leg,
  std::array<std::vector<int>, 2> foot;   ///< and of each foot.
};

/// Builds the shape. `data` must outlive it. Unknown targets are ignored.
Shape make_shape(const BodyData& data, const Build& build);

}  // namespace matside::bodyrender
