// One person's body at rest: the base mesh with a mixture of shape targets.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tools/bodyrender/body_data.h"
#include "tools/bodyrender/random.h"

namespace matside::bodyrender {

/// A body's build. Between the ends of each range lie mixtures.
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

/// Part of the builds is held back for testing: `held` draws from that part alone, otherwise
/// from the rest. The two never overlap.
Build draw_build(const BodyData& data, bool held, Random& random);

/// Whether a build belongs to the part held back for testing.
bool is_held_out(const Build& build);

struct Shape {
  const BodyData* data = nullptr;
  std::vector<Vec3> vertices;  ///< At rest, metres.
  std::vector<Vec3> bone_head;
  std::vector<Vec3> bone_tail;
  float upper_arm_m = 0.0F;
  float lower_arm_m = 0.0F;
  /// A few vertices of pelvis and thighs: what rests on the mat when prone.
  std::vector<int> support;
  std::vector<int> trunk;                 ///< A few vertices of chest and head,
  std::array<std::vector<int>, 2> shank;  ///< of each lower leg,
  std::array<std::vector<int>, 2> foot;   ///< and of each foot.
};

/// `data` outlives the shape. Unknown targets are left out.
Shape make_shape(const BodyData& data, const Build& build);

}  // namespace matside::bodyrender
