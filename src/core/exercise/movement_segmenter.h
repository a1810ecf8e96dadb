// A stretch of movement between two rests: the raw matter of repetitions.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/exercise/definition.h"
#include "core/kinematics/rest_baseline.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/leg_angles.h"
#include "core/kinematics/rest_noise.h"
#include "core/kinematics/plane_rectification.h"
#include "core/signal/one_euro.h"
#include "core/signal/samples.h"

namespace matside::exercise {

/// The fastest knee of this exercise in degrees a second, with room to spare: a foot that falls
/// reaches 410 (movement.md 2.4). What seems faster, and more than noise, is a joint put in the
/// wrong place.
inline constexpr double kMaxKneeSpeedDegPerS = 600.0;
inline constexpr double kJumpDeg = 10.0;

/// How a bend came to its end.
enum class SegmentEnd {
  rest,     ///< both legs came back to rest
  lost,     ///< the body was lost from sight, left the mat, or the source ended
  too_long,  ///< longer than any repetition
};

/// Frames from a little before a leg left rest until it was back, with the rest they are
/// measured against.
struct MovementSegment {
  std::vector<kinematics::BodyFrame> frames;
  kinematics::RestPose rest;
  kinematics::PlaneRectification view;  ///< as which frames and rest are told
  kinematics::RestNoise noise;
  SegmentEnd end = SegmentEnd::rest;
};

/// Tells movement from rest, frame by frame (movement.md 6.2), and keeps the person's baseline.
class MovementSegmenter {
 public:
  explicit MovementSegmenter(const RepetitionRules& rules);

  /// Takes the body of one frame, or none where nobody was seen lying; times must rise. Gives a
  /// bend when one has just ended, or null; it lives until the next call.
  const MovementSegment* push(base::Seconds time, const std::optional<kinematics::BodyFrame>& body);
  /// The source has ended: what is under way, or null.
  const MovementSegment* finish();

  [[nodiscard]] const kinematics::RestBaseline& baseline() const { return baseline_; }
  /// How the camera stands, once there is a baseline.
  [[nodiscard]] const kinematics::PlaneRectification& view() const { return rectification_; }
  [[nodiscard]] bool moving() const { return phase_ == Phase::moving; }

  /// The raised leg as the last frame showed it.
  struct Raised {
    base::Degrees flexion;  ///< above rest, unfiltered
    base::Degrees noise;    ///< how far readings stray at rest
    pose::Side leg = pose::Side::left;
  };
  /// While a leg is raised and was seen in the frame pushed last.
  [[nodiscard]] std::optional<Raised> raised() const;

 private:
  enum class Phase { settling, resting, moving };

  void follow_legs(const kinematics::BodyFrame& body);
  std::optional<double> read_raised(const kinematics::BodyFrame& body);
  void follow_trunk(const kinematics::BodyFrame& body);
  void reset_all();
  void reset_legs();
  void settle(const kinematics::BodyFrame& body);
  void rest(const kinematics::BodyFrame& body);
  const MovementSegment* move(const kinematics::BodyFrame& body);
  const MovementSegment* finish_segment(SegmentEnd end);
  [[nodiscard]] bool still() const;
  [[nodiscard]] bool body_moved(const kinematics::BodyFrame& body) const;
  [[nodiscard]] kinematics::RestPose rest_before_bend(const kinematics::BodyFrame& body);
  [[nodiscard]] double start_deg(const kinematics::BodyFrame& body) const;
  const MovementSegment* take(const kinematics::BodyFrame& body);
  void buffer_frame(const kinematics::BodyFrame& body);

  RepetitionRules rules_;
  kinematics::PlaneRectification rectification_;  ///< known once the baseline is ready
  kinematics::RestNoiseEstimator noise_;
  kinematics::RestBaseline baseline_;
  signal::OneEuro raised_filter_;
  double raised_deg_ = 0.0;  ///< the raised leg's knee flexion, filtered, above rest once known
  pose::Side raised_label_ = pose::Side::left;
  std::vector<signal::Sample> raised_recent_;  ///< unfiltered, over the stillness window
  std::vector<signal::Sample> trunk_recent_;   ///< hip-shoulder line, over the stillness window
  Phase phase_ = Phase::settling;
  std::vector<kinematics::BodyFrame> pre_movement_frames_;  ///< the last moments of rest
  MovementSegment segment_;  ///< under way while moving; its memory is used again
  std::vector<kinematics::BodyFrame> window_frames_;  ///< scratch
  std::vector<double> scratch_;
  base::Seconds last_seen_{0.0};
  std::optional<pose::Side> head_direction_;  ///< where the known body's head is in the picture
  kinematics::RaisedLegTracker raised_leg_;
  std::optional<base::Seconds> still_since_;
  std::optional<base::Seconds> unsettled_since_;
  std::optional<base::Seconds> low_since_;
  std::optional<base::Seconds> body_moved_since_;
};

}  // namespace matside::exercise
