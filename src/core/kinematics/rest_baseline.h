// The person's rest in this picture. Everything about form is relative to it.
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

/// One leg at rest. Places and lengths in pixels of the rectified picture.
struct RestLeg {
  base::Degrees knee_flexion;
  base::Degrees thigh;
  base::ImagePoint knee;
  double thigh_px = 0.0;
  double shank_px = 0.0;
};

/// Medians over the frames at rest, in pixels of the rectified picture.
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

/// The shoulder's height as an angle: the line from the resting hip to the shoulder, above the
/// floor. Unlike the line from hip to shoulder it does not tilt when the hips rise.
base::Degrees chest_incline(const RestPose& rest, const BodyFrame& body);
/// How far the head has turned against the chest since rest, from nose and ear; negative =
/// down. The nose is far from the axis of the neck and shows a nod best, but it is easily
/// misread; the ear moves at least half as far, which limits it.
base::Degrees neck_angle_change(const RestPose& rest, const BodyFrame& body);

/// Collects frames at rest and keeps the last seconds of rest, also across movements. Allocates
/// at construction only. Not thread-safe.
class RestBaseline {
 public:
  /// @param window the rest is the median over this long
  /// @param enough it is known after this long
  RestBaseline(base::Seconds window, base::Seconds enough);
  /// A frame at rest. Times must rise; frames closer together than 1/32 s are skipped.
  void add(const BodyFrame& body);
  /// Forgets everything.
  void clear();
  /// The body lies differently now: collects again, and keeps the old rest until there is
  /// enough.
  void restart();
  /// Whether enough rest was seen.
  [[nodiscard]] bool ready() const { return ready_; }
  /// The medians; means something once ready().
  [[nodiscard]] const RestPose& rest() const { return rest_; }
  /// The frames kept, in no order of time; valid until the next change.
  [[nodiscard]] std::span<const BodyFrame> frames() const { return entries_; }
  /// Rectifies the frames collected up to now.
  void rectify(const PlaneRectification& view);

 private:
  void clear_values();
  void add_values(const BodyFrame& body);
  [[nodiscard]] RestPose median_rest() const;

  base::Seconds enough_;
  std::size_t capacity_;
  std::vector<BodyFrame> entries_;                   // ring
  std::vector<signal::SortedValues> sorted_values_;  // the entries' values, by kind
  std::size_t next_ = 0;
  base::Seconds last_time_{-1.0};
  RestPose rest_;
  bool ready_ = false;
};

}  // namespace matside::kinematics
