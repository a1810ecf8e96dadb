// A camera in the world, its frame, and the square grid of samples cut from that frame.
#pragma once

#include "tools/bodyrender/vectors.h"

namespace matside::bodyrender {

struct Camera {
  Vec3 eye = Vec3::Zero();
  Mat3 look = Mat3::Identity();  ///< World to camera: x right, y down, z ahead.
  float focal_px = 500.0F;
  int width_px = 640;
  int height_px = 480;

  [[nodiscard]] Vec3 to_camera(const Vec3& world) const { return look * (world - eye); }
  /// To the frame's pixels; `seen` is in the camera's frame with z > 0.
  [[nodiscard]] Vec2 to_frame(const Vec3& seen) const {
    return {focal_px * seen.x() / seen.z() + 0.5F * static_cast<float>(width_px),
            focal_px * seen.y() / seen.z() + 0.5F * static_cast<float>(height_px)};
  }
};

/// A camera's axes when it looks along `ahead`, its picture turned clockwise by `roll_deg`.
Mat3 camera_axes(const Vec3& ahead, float roll_deg);

/// From the frame's pixels to a sample's: q = turn_scale * p + shift.
struct CropTransform {
  Eigen::Matrix2f turn_scale = Eigen::Matrix2f::Identity();
  Vec2 shift = Vec2::Zero();

  [[nodiscard]] Vec2 apply(const Vec2& frame_px) const { return turn_scale * frame_px + shift; }
  [[nodiscard]] Vec2 undo(const Vec2& sample_px) const {
    return turn_scale.inverse() * (sample_px - shift);
  }
  [[nodiscard]] float scale() const { return turn_scale.col(0).norm(); }
};

/// The square of side `side_px` round `centre` whose own upward direction is `turn_deg`
/// clockwise from the frame's, onto a sample of `sample_px` x `sample_px`.
CropTransform square_crop(const Vec2& centre, float side_px, float turn_deg, float sample_px);

}  // namespace matside::bodyrender
