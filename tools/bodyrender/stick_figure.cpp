#include "tools/bodyrender/stick_figure.h"

#include <array>

namespace matside::bodyrender {
namespace {

constexpr float kHalfWidth_m = 0.03F;

class Builder {
 public:
  int bone(const std::string& name, int parent, BoneRole role, int side, float share,
           const Vec3& head, const Vec3& tail) {
    const int index = static_cast<int>(data_.bones.size());
    const int first = static_cast<int>(data_.vertices.size());
    const Vec3 across = (tail - head).unitOrthogonal() * kHalfWidth_m;
    const Vec3 other = (tail - head).normalized().cross(across);
    for (const Vec3& end : {head, tail}) {
      for (const Vec3& corner : {across, other, Vec3(-across), Vec3(-other)}) {
        data_.vertices.emplace_back(end + corner);
        data_.main_bone.push_back(index);
        data_.weights.first.push_back(static_cast<int>(data_.weights.bone.size()));
        data_.weights.bone.push_back(index);
        data_.weights.weight.push_back(1.0F);
      }
    }
    for (int k = 0; k < 4; ++k) {
      const int next = (k + 1) % 4;
      data_.faces_of_group["body"].push_back(static_cast<int>(data_.faces.size()));
      data_.faces.push_back({{first + k, first + next, first + 4 + next, first + 4 + k}, 4});
    }
    Bone bone;
    bone.name = name;
    bone.parent = parent;
    bone.role = role;
    bone.side = side;
    bone.share = share;
    bone.head_vertices = {first, first + 1, first + 2, first + 3};
    bone.tail_vertices = {first + 4, first + 5, first + 6, first + 7};
    data_.bones.push_back(bone);
    return index;
  }

  void limbs(int side, int root, int chest) {
    const float x = side == kLeft ? 1.0F : -1.0F;
    const std::string end = side == kLeft ? ".L" : ".R";
    const auto s = static_cast<std::size_t>(side);
    NamedBones& named = data_.named;
    const Vec3 hip(0.1F * x, 0.9F, 0.0F);
    const Vec3 knee(0.1F * x, 0.48F, 0.0F);
    const Vec3 ankle(0.1F * x, 0.07F, 0.0F);
    const Vec3 ball(0.1F * x, 0.02F, 0.12F);
    const int thigh =
        bone("upperleg01" + end, root, BoneRole::upper_leg, side, 0.0F, hip, knee);
    const int shank =
        bone("lowerleg01" + end, thigh, BoneRole::lower_leg, side, 0.0F, knee, ankle);
    const int foot = bone("foot" + end, shank, BoneRole::foot, side, 0.0F, ankle, ball);
    named.upper_leg.at(s) = thigh;
    named.lower_leg.at(s) = shank;
    named.foot.at(s) = foot;
    named.toe.at(s) = bone("toe2-1" + end, foot, BoneRole::follower, side, 0.0F, ball,
                           ball + Vec3(0.0F, 0.0F, 0.05F));
    const Vec3 shoulder(0.18F * x, 1.4F, 0.0F);
    const Vec3 elbow(0.46F * x, 1.4F, 0.0F);
    const Vec3 wrist(0.71F * x, 1.4F, 0.0F);
    const int upper =
        bone("upperarm01" + end, chest, BoneRole::upper_arm, side, 0.0F, shoulder, elbow);
    const int lower =
        bone("lowerarm01" + end, upper, BoneRole::lower_arm, side, 0.0F, elbow, wrist);
    named.upper_arm.at(s) = upper;
    named.lower_arm.at(s) = lower;
    named.wrist.at(s) = bone("wrist" + end, lower, BoneRole::follower, side, 0.0F, wrist,
                             wrist + Vec3(0.1F * x, 0.0F, 0.0F));
  }

  BodyData run() {
    const Vec3 pelvis(0.0F, 0.9F, 0.0F);
    const int root =
        bone("root", -1, BoneRole::root, kLeft, 0.0F, pelvis, Vec3(0.0F, 1.0F, 0.0F));
    constexpr std::array<float, 5> kShares = {0.30F, 0.25F, 0.20F, 0.15F, 0.10F};
    int parent = root;
    for (std::size_t k = 0; k < kShares.size(); ++k) {
      const float low = 1.0F + 0.09F * static_cast<float>(k);
      parent = bone("spine0" + std::to_string(5 - k), parent, BoneRole::spine, kLeft,
                    kShares.at(k), Vec3(0.0F, low, 0.0F), Vec3(0.0F, low + 0.09F, 0.0F));
    }
    const int chest = parent;
    const int neck = bone("neck01", chest, BoneRole::neck, kLeft, 1.0F, Vec3(0.0F, 1.45F, 0.0F),
                          Vec3(0.0F, 1.52F, 0.0F));
    const int head = bone("head", neck, BoneRole::head, kLeft, 0.0F, Vec3(0.0F, 1.52F, 0.0F),
                          Vec3(0.0F, 1.7F, 0.0F));
    data_.named.root = root;
    data_.named.chest = chest;
    data_.named.head = head;
    limbs(kLeft, root, chest);
    limbs(kRight, root, chest);
    data_.weights.first.push_back(static_cast<int>(data_.weights.bone.size()));
    return std::move(data_);
  }

 private:
  BodyData data_;
};

}  // namespace

BodyData stick_figure() { return Builder().run(); }

}  // namespace matside::bodyrender
