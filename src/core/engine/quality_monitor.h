// Monitors the picture and the position, and reports at the end what limited the analysis.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/engine/analysis.h"
#include "core/exercise/definition.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/plane_rectification.h"
#include "core/kinematics/rest_baseline.h"
#include "core/pose/pose_frame.h"

namespace matside::engine {

/// The warning with the text of the definition's phrase "warning_" + id; the id itself where
/// there is none.
Warning make_warning(const exercise::Definition& definition, std::string_view id);

/// Counts what was seen over a practice.
class QualityMonitor {
 public:
  /// The rules must outlive it.
  /// @param counted_bend  from which a bend of the knee counts as a kick
  QualityMonitor(const exercise::CameraRules& rules, base::Degrees counted_bend)
      : rules_(rules), counted_bend_(counted_bend) {}
  /// Each frame in turn, with the body measured in it.
  void observe(const pose::PoseFrame& frame, const std::optional<kinematics::BodyFrame>& body);
  /// The rest that a movement was measured against, and the rectification applied.
  void add_rest(const kinematics::RestPose& rest, const kinematics::PlaneRectification& view);
  /// A repetition was counted and not scored.
  void add_unscored() { ++unscored_; }
  /// A repetition was counted and not scored, because frames are missing.
  void add_undersampled() { ++undersampled_; }
  /// Both legs were bent together this often.
  void add_together(std::int64_t times) { together_ += times; }
  /// ... and so often in a row that it is worth a word, although something was counted.
  void add_often_together() { often_together_ = true; }
  /// A foot was outside the picture for long.
  void add_feet_cut_off() { feet_cut_off_ = true; }
  /// The legs have been at rest, so that bends can be measured against it.
  void add_settled() { settled_ = true; }
  /// The person was lost from sight in a repetition.
  void add_interruption() { ++interrupted_; }

  /// Frames observed; those with a pose; those of them read with the eye for lying bodies.
  [[nodiscard]] std::int64_t frames() const { return frames_; }
  [[nodiscard]] std::int64_t frames_with_pose() const { return with_pose_; }
  [[nodiscard]] std::int64_t frames_by_eye() const { return by_eye_; }
  /// Of those with a pose, those with legs measured in space.
  [[nodiscard]] std::int64_t frames_in_space() const { return in_space_; }
  /// Means over the practice.
  [[nodiscard]] CameraView view() const;
  /// Warnings in the definition's language, most serious first. When no repetition was counted,
  /// at least one says why.
  [[nodiscard]] std::vector<Warning> warnings(const exercise::Definition& definition,
                                              const exercise::Level& level,
                                              bool any_repetition) const;

 private:
  /// What somebody does who doesn't lie prone, as far as it is sure.
  enum OtherPosture { on_back, on_side, on_all_fours, hips_up, kPostureCount };

  void observe_posture(const kinematics::BodyFrame& body);
  [[nodiscard]] std::string_view usual_posture(double least_share) const;
  [[nodiscard]] bool is_small() const;
  [[nodiscard]] std::string_view why_nothing_counted(
      const exercise::RepetitionRules& rules) const;

  const exercise::CameraRules& rules_;
  std::array<std::int64_t, kPostureCount> other_{};
  std::int64_t together_ = 0;
  bool often_together_ = false;
  bool feet_cut_off_ = false;
  base::Degrees counted_bend_;
  std::int64_t frames_ = 0;
  std::int64_t with_pose_ = 0;
  std::int64_t by_eye_ = 0;
  std::int64_t in_space_ = 0;
  std::int64_t lying_ = 0;
  std::int64_t legs_seen_ = 0;
  std::int64_t bent_ = 0;  ///< Lying, with a knee bent as far as a kick.
  std::int64_t small_ = 0;
  std::int64_t cut_off_ = 0;
  std::int64_t unscored_ = 0;
  std::int64_t undersampled_ = 0;
  std::int64_t interrupted_ = 0;
  bool settled_ = false;
  std::int64_t rests_ = 0;
  double rest_trunk_deg_sum_ = 0.0;
  double yaw_deg_sum_ = 0.0;
  double pitch_deg_sum_ = 0.0;
  std::int64_t head_right_votes_ = 0;
  base::Seconds first_;
  base::Seconds last_;
};

}  // namespace matside::engine
