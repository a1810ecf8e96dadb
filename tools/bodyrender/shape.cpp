#include "tools/bodyrender/shape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace matside::bodyrender {
namespace {

/// So many of a whole mesh are enough to find how low a part reaches.
constexpr int kContactVertices = 6000;
constexpr int kBuckets = 5;
constexpr int kHeldBucket = 0;

int bucket(const Build& build) {
  // A cell of the space of builds, not a body: neighbours share it.
  const auto cell = [](float value, float low, float step) {
    return static_cast<std::uint64_t>(std::max(0.0F, std::floor((value - low) / step)));
  };
  std::uint64_t hash = mix(cell(build.male, 0.0F, 0.5F), 1);
  hash = mix(hash, cell(build.weight, -1.0F, 0.5F));
  hash = mix(hash, cell(build.muscle, -1.0F, 0.5F));
  hash = mix(hash, cell(build.old, 0.0F, 0.5F));
  return static_cast<int>(hash % kBuckets);
}

void draw_details(const BodyData& data, Random& random, Build& build) {
  constexpr std::array<std::string_view, 6> kFolders = {"armslegs/", "hip/",      "torso/",
                                                        "stomach/",  "buttocks/", "pelvis/"};
  std::vector<const std::string*> names;
  for (const auto& entry : data.targets) {
    const std::string& name = entry.first;
    const bool fits =
        std::any_of(kFolders.begin(), kFolders.end(),
                    [&](std::string_view folder) { return name.starts_with(folder); });
    // A limb is changed on both sides alike; targets that move its end tear the rig's joints.
    const bool limb = name.starts_with("armslegs/");
    const bool moves_end = limb && name.find("-trans-") != std::string::npos;
    if (fits && !moves_end && !name.starts_with("armslegs/r-")) names.push_back(&name);
  }
  if (names.empty()) return;
  const int count = random.below(9);
  for (int k = 0; k < count; ++k) {
    const std::string& name =
        *names.at(static_cast<std::size_t>(random.below(static_cast<int>(names.size()))));
    const float amount = random.uniform(0.0F, 0.7F);
    build.details.emplace_back(name, amount);
    if (name.starts_with("armslegs/l-")) {
      build.details.emplace_back("armslegs/r-" + name.substr(11),
                                 amount * random.uniform(0.9F, 1.1F));
    }
  }
}

void add_target(const BodyData& data, const std::string& name, float amount, Shape& shape) {
  const auto found = data.targets.find(name);
  if (found == data.targets.end() || amount == 0.0F) return;
  const Target& target = found->second;
  for (std::size_t i = 0; i < target.vertex.size(); ++i) {
    shape.vertices[static_cast<std::size_t>(target.vertex[i])] += target.delta[i] * amount;
  }
}

void add_macro_targets(const BodyData& data, const Build& build, Shape& shape) {
  const std::array<std::pair<std::string, float>, 3> peoples = {
      {{"african", build.african},
       {"asian", build.asian},
       {"caucasian", 1.0F - build.african - build.asian}}};
  const auto thirds = [](float value, const std::string& what) {
    return std::array<std::pair<std::string, float>, 3>{
        {{"min" + what, std::max(0.0F, -value)},
         {"average" + what, 1.0F - std::abs(value)},
         {"max" + what, std::max(0.0F, value)}}};
  };
  const auto muscles = thirds(build.muscle, "muscle");
  const auto weights = thirds(build.weight, "weight");
  for (const bool male : {false, true}) {
    for (const bool old : {false, true}) {
      const float part =
          (male ? build.male : 1.0F - build.male) * (old ? build.old : 1.0F - build.old);
      const std::string who =
          std::string(male ? "male" : "female") + "-" + (old ? "old" : "young");
      for (const auto& [people, share] : peoples) {
        add_target(data, "macrodetails/" + people + "-" + who, part * share, shape);
      }
      for (const auto& [muscle, m] : muscles) {
        for (const auto& [weight, w] : weights) {
          const std::string name = "macrodetails/universal-";
          add_target(data, name + who + "-" + muscle + "-" + weight, part * m * w, shape);
        }
      }
    }
  }
}

Vec3 mean_of(const std::vector<Vec3>& points, const std::vector<int>& which) {
  Vec3 sum = Vec3::Zero();
  for (const int i : which) sum += points[static_cast<std::size_t>(i)];
  return sum / static_cast<float>(which.size());
}

void gather_contact_vertices(const BodyData& data, Shape& shape) {
  const auto group = data.faces_of_group.find("body");
  if (group == data.faces_of_group.end()) return;
  std::vector<char> drawn(data.vertices.size(), 0);
  for (const int f : group->second) {
    const Face& face = data.faces[static_cast<std::size_t>(f)];
    for (std::size_t k = 0; k < static_cast<std::size_t>(face.corners); ++k) {
      drawn[static_cast<std::size_t>(face.vertex.at(k))] = 1;
    }
  }
  const int count = static_cast<int>(data.vertices.size());
  const int step = std::max(1, count / kContactVertices);
  for (int v = 0; v < count; v += step) {
    if (drawn[static_cast<std::size_t>(v)] == 0) continue;
    const Bone& bone =
        data.bones[static_cast<std::size_t>(data.main_bone[static_cast<std::size_t>(v)])];
    const std::string& n = bone.name;
    const auto side = static_cast<std::size_t>(bone.side);
    if (n.starts_with("pelvis") || n == "root" || n == "spine05" ||
        n.starts_with("upperleg0")) {
      shape.support.push_back(v);
    } else if (n.starts_with("lowerleg")) {
      shape.shank.at(side).push_back(v);
    } else if (n.starts_with("foot") || n.starts_with("toe")) {
      shape.foot.at(side).push_back(v);
    } else if (n.starts_with("spine") || n.starts_with("breast") || n.starts_with("head")) {
      shape.trunk.push_back(v);
    }
  }
}

}  // namespace

bool is_held_out(const Build& build) { return bucket(build) == kHeldBucket; }

Build draw_build(const BodyData& data, bool held, Random& random) {
  Build build;
  do {
    const bool male = random.chance(0.42F);
    const float mixed = random.chance(0.3F) ? random.uniform(0.0F, 0.45F) : 0.0F;
    build.male = male ? 1.0F - mixed : mixed;
    build.old = random.chance(0.35F) ? 0.0F : random.unit();
    build.african = random.chance(0.4F) ? random.unit() : 0.0F;
    build.asian = random.chance(0.4F) ? random.uniform(0.0F, 1.0F - build.african) : 0.0F;
    build.weight = std::clamp(random.normal(0.05F, 0.5F), -1.0F, 1.0F);
    build.muscle = std::clamp(random.normal(0.0F, 0.5F), -1.0F, 1.0F);
  } while (is_held_out(build) != held);
  build.scale = random.uniform(0.9F, 1.07F);
  draw_details(data, random, build);
  return build;
}

Shape make_shape(const BodyData& data, const Build& build) {
  Shape shape;
  shape.data = &data;
  shape.vertices = data.vertices;
  add_macro_targets(data, build, shape);
  for (const auto& [name, amount] : build.details) add_target(data, name, amount, shape);
  for (Vec3& v : shape.vertices) v *= build.scale;
  for (const Bone& bone : data.bones) {
    shape.bone_head.push_back(mean_of(shape.vertices, bone.head_vertices));
    shape.bone_tail.push_back(mean_of(shape.vertices, bone.tail_vertices));
  }
  const auto head_of = [&](int bone) {
    return shape.bone_head[static_cast<std::size_t>(bone)];
  };
  const NamedBones& named = data.named;
  shape.upper_arm_m = (head_of(named.lower_arm[0]) - head_of(named.upper_arm[0])).norm();
  shape.lower_arm_m = (head_of(named.wrist[0]) - head_of(named.lower_arm[0])).norm();
  gather_contact_vertices(data, shape);
  return shape;
}

}  // namespace matside::bodyrender
