#include "tools/bodyrender/camera.h"

namespace matside::bodyrender {

Mat3 camera_axes(const Vec3& ahead, float roll_deg) {
  const Vec3 z = ahead.normalized();
  const Vec3 x = z.cross(Vec3::UnitY()).normalized();
  Mat3 look;
  look.row(0) = x;
  look.row(1) = z.cross(x);
  look.row(2) = z;
  return rotation_z(roll_deg) * look;
}

CropTransform square_crop(const Vec2& centre, float side_px, float turn_deg, float sample_px) {
  CropTransform cut;
  cut.turn_scale =
      Eigen::Rotation2Df(-radians(turn_deg)).toRotationMatrix() * (sample_px / side_px);
  cut.shift = Vec2::Constant(0.5F * sample_px) - cut.turn_scale * centre;
  return cut;
}

}  // namespace matside::bodyrender
