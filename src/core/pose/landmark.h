// The 33 body landmarks that every source of poses is mapped to, with their standard names.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace matside::pose {

/// BlazePose order. Left and right are the person's own.
/// @source ../docs/sources.md#blazepose
enum class Landmark : std::uint8_t {
  nose,
  left_eye_inner,
  left_eye,
  left_eye_outer,
  right_eye_inner,
  right_eye,
  right_eye_outer,
  left_ear,
  right_ear,
  mouth_left,
  mouth_right,
  left_shoulder,
  right_shoulder,
  left_elbow,
  right_elbow,
  left_wrist,
  right_wrist,
  left_pinky,
  right_pinky,
  left_index,
  right_index,
  left_thumb,
  right_thumb,
  left_hip,
  right_hip,
  left_knee,
  right_knee,
  left_ankle,
  right_ankle,
  left_heel,
  right_heel,
  left_foot_index,
  right_foot_index,
};

inline constexpr std::size_t kLandmarkCount = 33;

/// The landmark's standard name, as in files: "left_knee".
std::string_view name(Landmark landmark);

/// The landmark of that name, or nothing.
std::optional<Landmark> landmark_named(std::string_view name);

inline constexpr std::size_t index(Landmark landmark) {
  return static_cast<std::size_t>(landmark);
}

/// A side of the person's own body.
enum class Side : std::uint8_t { left, right };

inline constexpr std::array kSides{Side::left, Side::right};
inline constexpr Side other(Side side) { return side == Side::left ? Side::right : Side::left; }
inline constexpr std::size_t index(Side side) { return static_cast<std::size_t>(side); }
inline constexpr std::string_view name(Side side) {
  return side == Side::left ? "left" : "right";
}

/// The landmark on that side, given its left twin: `on_side(Landmark::left_knee, Side::right)`.
/// `left_twin` must be one of left_shoulder .. left_foot_index, left_ear (asserted).
Landmark on_side(Landmark left_twin, Side side);

}  // namespace matside::pose
