// Watches the picture and the position, and says in the end what stood in the way of judging.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/engine/analysis.h"
#include "core/exercise/definition.h"
#include "core/kinematics/rest_baseline.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/plane_rectification.h"
#include "core/pose/pose_frame.h"

namespace matside::engine {

/// The warning in the definition's words.
Warning make_warning(const exercise::Definition& definition, std::string_view id);

class QualityMonitor {
 public:
  /// Each frame in turn, with the body measured in it.
  void observe(const pose::PoseFrame& frame, const std::optional<kinematics::BodyFrame>& body);
  /// The rest that a movement was measured against, and the view of it.
  void add_rest(const kinematics::RestPose& rest, const kinematics::PlaneRectification& view);
  /// A repetition that was counted and not judged.
  void add_unscored() { ++unjudged_; }
  /// The person was lost from sight in a repetition.
  void add_interruption() { ++interrupted_; }

  [[nodiscard]] std::int64_t frames() const { return frames_; }
  [[nodiscard]] std::int64_t frames_with_pose() const { return with_pose_; }
  [[nodiscard]] std::int64_t frames_by_eye() const { return by_eye_; }
  [[nodiscard]] CameraView view() const;
  /// Warnings in the definition's words, the gravest first. When no repetition was counted
  /// there is at least one that says why.
  [[nodiscard]] std::vector<Warning> warnings(const exercise::Definition& definition,
                                              const exercise::Level& level,
                                              bool any_repetition) const;

 private:
  std::int64_t frames_ = 0;
  std::int64_t with_pose_ = 0;
  std::int64_t by_eye_ = 0;
  std::int64_t lying_ = 0;
  std::int64_t legs_seen_ = 0;
  std::int64_t small_ = 0;
  std::int64_t cut_off_ = 0;
  std::int64_t unjudged_ = 0;
  std::int64_t interrupted_ = 0;
  std::int64_t rests_ = 0;
  double rest_trunk_deg_sum_ = 0.0;
  double yaw_deg_sum_ = 0.0;
  double pitch_deg_sum_ = 0.0;
  std::int64_t head_right_votes_ = 0;
  base::Seconds first_;
  base::Seconds last_;
};

}  // namespace matside::engine
