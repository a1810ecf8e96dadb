// A camera in the world, its frame, and square crops of that frame.
#pragma once

#include "tools/bodyrender/vectors.h"

namespace matside::bodyrender {

/// A pinhole camera.
struct Camera {
  Vec3 eye = Vec3::Zero();
  Mat3 look = Mat3::Identity();  ///< World to camera: x right, y down, z ahead.
  float focal_px = 500.0F;
  int width_px = 640;
  int height_px = 480;

  /// From world to camera coordinates.
  [[nodiscard]] Vec3 to_camera(const Vec3& world) const { return look * (world - eye); }
  /// From camera coordinates (z > 0) to the frame's pixels.
  [[nodiscard]] Vec2 to_frame(const Vec3& seen) const {
    return {focal_px * seen.x() / seen.z() + 0.5F * static_cast<float>(width_px),
            focal_px * seen.y() / seen.z() + 0.5F * static_cast<float>(height_px)};
  }
};

/// The axes (world to camera) of a camera that looks along `ahead`, with its picture rotated
/// clockwise by `roll_deg`.
Mat3 camera_axes(const Vec3& ahead, float roll_deg);

/// The transform from the frame's pixels to a crop's: q = turn_scale * p + shift.
struct CropTransform {
  Eigen::Matrix2f turn_scale = Eigen::Matrix2f::Identity();
  Vec2 shift = Vec2::Zero();

  [[nodiscard]] Vec2 apply(const Vec2& frame_px) const { return turn_scale * frame_px + shift; }
  [[nodiscard]] Vec2 undo(const Vec2& sample_px) const {
    return turn_scale.inverse() * (sample_px - shift);
  }
  [[nodiscard]] float scale() const { return turn_scale.col(0).norm(); }
};

/// The transform from a square of side `side_px` around `centre`, rotated clockwise by
/// `turn_deg`, to a crop of `sample_px` x `sample_px`.
CropTransform square_crop(const Vec2& centre, float side_px, float turn_deg, float sample_px);

}  // namespace matside::bodyrender
