// The parametric human body: base mesh, rig, skin weights and shape targets, read from files in
// MakeHuman's layout (3dobjs/base.obj, rigs/default.mhskel, rigs/default_weights.mhw,
// targets/).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "tools/bodyrender/vectors.h"

namespace matside::bodyrender {

inline constexpr int kLeft = 0;
inline constexpr int kRight = 1;

/// A triangle or quadrilateral of the mesh.
struct Face {
  std::array<int, 4> vertex{};
  int corners = 0;
};

/// What a bone does when a pose is taken.
enum class BoneRole : std::uint8_t {
  follower,  ///< Moves with its parent.
  root,
  spine,
  neck,
  head,
  upper_leg,
  lower_leg,
  foot,
  upper_arm,
  lower_arm,
  forearm_twist,
};

/// A bone of the rig.
struct Bone {
  std::string name;
  int parent = -1;  ///< Index of the parent, always smaller than the bone's own; -1: the root.
  BoneRole role = BoneRole::follower;
  int side = kLeft;
  float share = 0.0F;              ///< Fraction of the spine's or neck's bend.
  std::vector<int> head_vertices;  ///< The bone's head is their mean.
  std::vector<int> tail_vertices;  ///< The bone's tail is their mean.
};

/// Indices of the bones by function; in pairs, 0 is left and 1 right.
struct NamedBones {
  int root = 0, head = 0, chest = 0;
  std::array<int, 2> upper_leg{}, lower_leg{}, foot{}, toe{};
  std::array<int, 2> upper_arm{}, lower_arm{}, wrist{};
};

/// The bones that each vertex follows, with weights: those of vertex v are at first[v] to
/// first[v + 1] - 1.
struct SkinWeights {
  std::vector<int> first;
  std::vector<int> bone;
  std::vector<float> weight;  ///< Those of a vertex sum to 1.
};

/// A shape target: offsets in metres for some vertices.
struct Target {
  std::vector<int> vertex;
  std::vector<Vec3> delta;
};

/// The body as read from its files.
struct BodyData {
  std::vector<Vec3> vertices;  ///< Rest pose, metres.
  std::vector<Face> faces;
  std::map<std::string, std::vector<int>> faces_of_group;
  std::vector<Bone> bones;
  NamedBones named;
  SkinWeights weights;
  std::vector<int> main_bone;  ///< For each vertex, the bone it follows most.
  std::map<std::string, Target>
      targets;  ///< By path without extension, such as "hip/hip-trans-in".
};

/// Reads the body data of `folder`. Fails with ErrorKind::input when a file is missing,
/// damaged, or refers to a missing vertex or bone.
base::Result<BodyData> load_body_data(const std::string& folder);

}  // namespace matside::bodyrender
