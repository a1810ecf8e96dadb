// The pose in one picture, as matside.hpp takes it. Include matside.hpp, not this file.
#ifndef MATSIDE_FRAME_HPP
#define MATSIDE_FRAME_HPP

#include <matside/matside.h>

#include <cstddef>
#include <string_view>

namespace matside {

/// A side of the person's body, with the values of matside_side; `unsure` where it is unclear.
enum class Side { left, right, unsure, both };

/// The name in the result file.
inline std::string_view name(Side side) {
  constexpr std::string_view kNames[] = {"left", "right", "unsure", "both"};
  return kNames[static_cast<int>(side) & 3];
}

/// The landmarks, in the order of MediaPipe's BlazePose.
enum class Landmark {
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
  right_foot_index
};
inline constexpr std::size_t kLandmarkCount = MATSIDE_LANDMARKS;

/// The landmark's standard name, such as "left_knee".
inline std::string_view name(Landmark landmark) {
  return matside_landmark_name(static_cast<int>(landmark));
}

/// The pose in one picture. It has no person until a landmark is set.
class Frame {
 public:
  /// @param time_s  by the source's clock; must increase from frame to frame
  /// @param width_px, height_px  of the upright picture
  Frame(double time_s, int width_px, int height_px) {
    frame_.time_s = time_s;
    frame_.width_px = width_px;
    frame_.height_px = height_px;
  }

  /// @param x_px, y_px  pixels from the upper left of the upright picture
  /// @param score  0 (missing or hidden) to 1 (certainly visible here)
  Frame& set_landmark(Landmark landmark, double x_px, double y_px, double score) {
    frame_.has_pose = 1;
    frame_.landmarks[static_cast<std::size_t>(landmark)] = {x_px, y_px, score};
    return *this;
  }

  /// Sets a knee's flexion in space, for sources of poses that measure it.
  /// @param side  left or right; others are ignored
  /// @param flexion_deg  0 = straight
  /// @param sd_deg  standard deviation
  Frame& set_knee_flexion(Side side, double flexion_deg, double sd_deg) {
    if (side != Side::left && side != Side::right) return *this;
    frame_.knees[static_cast<std::size_t>(side)] = {flexion_deg, sd_deg};
    return *this;
  }

  [[nodiscard]] const matside_frame& raw() const { return frame_; }

 private:
  matside_frame frame_ = MATSIDE_FRAME_INIT;
};

}  // namespace matside

#endif
