// Separates movement from rest, frame by frame. A segment is one stretch of movement between
// two rests; repetition_finder.h finds the repetitions in it.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/exercise/definition.h"
#include "core/exercise/known_body.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/leg_angles.h"
#include "core/kinematics/plane_rectification.h"
#include "core/kinematics/rest_baseline.h"
#include "core/kinematics/rest_noise.h"
#include "core/signal/one_euro.h"
#include "core/signal/samples.h"

namespace matside::exercise {

/// How a segment ended.
enum class SegmentEnd {
  rest,      ///< both legs came back to rest
  lost,      ///< the body was lost from sight, left the mat, or the source ended
  too_long,  ///< longer than any repetition
};

/// Frames from shortly before a leg left rest until it was back, with the rest that they are
/// measured against. Points are in pixels of the rectified picture.
struct MovementSegment {
  std::vector<kinematics::BodyFrame> frames;
  kinematics::RestPose rest;
  kinematics::PlaneRectification view;  ///< applied to frames and rest already
  kinematics::RestNoise noise;  ///< of readings at rest, as known when the segment began
  SegmentEnd end = SegmentEnd::rest;
};

/// Separates movement from rest (movement.md 6.2) and keeps the person's baseline. Allocates at
/// construction; a segment longer than any repetition may allocate again.
class MovementSegmenter {
 public:
  /// Both rules must outlive the segmenter.
  MovementSegmenter(const RepetitionRules& rules, const MeasurementRules& measurement);

  /// Takes the body of one frame in pixels of the picture, or nothing where nobody was found.
  /// Times must rise.
  /// @returns the segment that has just ended, valid until the next call; otherwise null.
  const MovementSegment* push(base::Seconds time,
                              const std::optional<kinematics::BodyFrame>& body);
  /// The source has ended. @returns the unfinished segment, or null.
  const MovementSegment* finish();

  /// The rest that angles are measured against; check ready() first.
  [[nodiscard]] const kinematics::RestBaseline& baseline() const { return baseline_; }
  /// The camera's direction, once the baseline is ready; the picture itself before.
  [[nodiscard]] const kinematics::PlaneRectification& view() const { return rectification_; }
  /// The body that was taken last, as view() rectifies it; nothing before the first one. Check
  /// its time: a body that isn't the known person's is not taken.
  [[nodiscard]] const std::optional<kinematics::BodyFrame>& in_plane() const {
    return in_plane_;
  }
  /// Whether a segment is under way.
  [[nodiscard]] bool moving() const { return phase_ == Phase::moving; }

  /// The raised leg in the last frame.
  struct Raised {
    base::Degrees flexion;  ///< above rest, unfiltered
    base::Degrees noise;    ///< standard deviation of readings at rest
    pose::Side leg = pose::Side::left;
  };
  /// The raised leg while a segment is under way and it was seen in the last frame; otherwise
  /// nothing.
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

  const RepetitionRules& rules_;
  const MeasurementRules& measurement_;
  kinematics::PlaneRectification rectification_;  ///< known once the baseline is ready
  std::optional<kinematics::BodyFrame> in_plane_;
  KnownBody known_body_;
  kinematics::RestNoiseEstimator noise_;
  kinematics::RestBaseline baseline_;
  signal::OneEuro raised_filter_;
  double raised_deg_ = 0.0;  ///< the raised leg's knee flexion, filtered, above rest once known
  pose::Side raised_label_ = pose::Side::left;
  std::vector<signal::Sample> raised_recent_;  ///< unfiltered, over the stillness window
  std::vector<signal::Sample> trunk_recent_;   ///< hip-shoulder line, over the stillness window
  Phase phase_ = Phase::settling;
  std::vector<kinematics::BodyFrame> pre_movement_frames_;  ///< the end of the rest
  MovementSegment segment_;  ///< under way while moving; its memory is reused
  std::vector<kinematics::BodyFrame> window_frames_;  ///< scratch
  std::vector<double> scratch_;
  kinematics::RaisedLegTracker raised_leg_;
  std::optional<base::Seconds> still_since_;
  std::optional<base::Seconds> unsettled_since_;
  std::optional<base::Seconds> low_since_;
  std::optional<base::Seconds> body_moved_since_;
};

}  // namespace matside::exercise
