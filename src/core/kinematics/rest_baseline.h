// What this person looks like at rest, in this picture: the measure for everything relative.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/plane_rectification.h"
#include "core/signal/sorted_values.h"

namespace matside::kinematics {

/// One leg at rest.
struct RestLeg {
  base::Degrees knee_flexion;
  base::Degrees thigh;
  base::ImagePoint knee;
  double thigh_px = 0.0;
  double shank_px = 0.0;
};

/// Medians over the rest seen.
struct RestPose {
  std::array<RestLeg, 2> legs;  ///< by pose::index(Side)
  base::ImagePoint hip;
  base::ImagePoint shoulder;
  base::ImagePoint nose;
  base::ImagePoint ear;
  base::Degrees trunk_incline;
  double thigh_px = 0.0;                ///< near side
  std::optional<double> elbow_forward;  ///< elbow ahead of the shoulder, upper-arm lengths
};

/// Median places and angles over `frames`; at least one frame. `scratch` is overwritten.
RestPose median_rest_pose(std::span<const BodyFrame> frames, std::vector<double>& scratch);

/// The shoulder's height told as an angle: the line from the resting hip to the shoulder above
/// the floor. Unlike the hip-shoulder line it does not tilt when the hips rise.
base::Degrees chest_incline(const RestPose& rest, const BodyFrame& body);
/// How far the head has nodded since rest against the chest, by nose and ear; negative = down.
/// The nose lies far from the axis the neck turns about, so it shows a nod best; but it is
/// easily misread, and a head that nods takes the ear along at least half as far.
base::Degrees neck_angle_change(const RestPose& rest, const BodyFrame& body);

/// Collects frames at rest and keeps the last six seconds of them, whatever happened between.
class RestBaseline {
 public:
  RestBaseline();
  void add(const BodyFrame& body);
  void clear();
  /// The body lies differently now: collects anew, and keeps the old rest until there is
  /// enough.
  void restart();
  /// Enough rest was seen to judge by.
  [[nodiscard]] bool ready() const { return ready_; }
  [[nodiscard]] const RestPose& rest() const { return rest_; }
  [[nodiscard]] std::span<const BodyFrame> frames() const { return entries_; }
  /// Sees the frames collected as this view does.
  void rectify(const PlaneRectification& view);

 private:
  void clear_values();
  void add_values(const BodyFrame& body);
  [[nodiscard]] RestPose median_rest() const;

  std::vector<BodyFrame> entries_;        // ring
  std::vector<signal::SortedValues> sorted_values_;  // the entries' values, by kind
  std::size_t next_ = 0;
  base::Seconds last_time_{-1.0};
  RestPose rest_;
  bool ready_ = false;
};

}  // namespace matside::kinematics
