#include "core/pose/landmark.h"

#include <algorithm>
#include <cassert>

namespace matside::pose {
namespace {

constexpr std::array<std::string_view, kLandmarkCount> kNames = {
    "nose",        "left_eye_inner",  "left_eye",         "left_eye_outer", "right_eye_inner",
    "right_eye",   "right_eye_outer", "left_ear",         "right_ear",      "mouth_left",
    "mouth_right", "left_shoulder",   "right_shoulder",   "left_elbow",     "right_elbow",
    "left_wrist",  "right_wrist",     "left_pinky",       "right_pinky",    "left_index",
    "right_index", "left_thumb",      "right_thumb",      "left_hip",       "right_hip",
    "left_knee",   "right_knee",      "left_ankle",       "right_ankle",    "left_heel",
    "right_heel",  "left_foot_index", "right_foot_index",
};

}  // namespace

std::string_view name(Landmark landmark) { return kNames[index(landmark)]; }

std::optional<Landmark> landmark_named(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Landmark>(found - kNames.begin());
}

Landmark on_side(Landmark left_twin, Side side) {
  assert(left_twin == Landmark::left_ear ||
         (left_twin >= Landmark::left_shoulder && index(left_twin) % 2 == 1));
  return side == Side::left ? left_twin : static_cast<Landmark>(index(left_twin) + 1);
}

}  // namespace matside::pose
