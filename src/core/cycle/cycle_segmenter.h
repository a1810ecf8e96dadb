// Separates movement from rest, frame by frame, for an exercise that is described by channels.
// As exercise/movement_segmenter.h, but any channel may be the one that moves.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/cycle/channels.h"
#include "core/exercise/cycle_rules.h"
#include "core/exercise/definition.h"
#include "core/exercise/known_body.h"
#include "core/exercise/movement_segmenter.h"
#include "core/signal/one_euro.h"
#include "core/signal/samples.h"

namespace matside::cycle {

/// Finds the stretches of movement and keeps the person's rest. Allocates at construction; a
/// segment longer than any repetition may allocate again.
class CycleSegmenter {
 public:
  /// The definition must outlive the segmenter and have a cycle.
  explicit CycleSegmenter(const exercise::Definition& definition);

  /// Takes the body of one frame in pixels of the picture, or nothing where nobody was found.
  /// Times must rise.
  /// @returns the segment that has just ended, valid until the next call; otherwise null.
  const exercise::MovementSegment* push(base::Seconds time,
                                        const std::optional<kinematics::BodyFrame>& body);
  /// The source has ended. @returns the unfinished segment, or null.
  const exercise::MovementSegment* finish();

  /// The rest that readings are above; check ready() first.
  [[nodiscard]] const kinematics::RestBaseline& baseline() const { return baseline_; }
  /// The camera's direction, once the baseline is ready; the picture itself before.
  [[nodiscard]] const kinematics::PlaneRectification& view() const { return rectification_; }
  /// The body that was taken last, as view() rectifies it. Check its time.
  [[nodiscard]] const std::optional<kinematics::BodyFrame>& in_plane() const {
    return in_plane_;
  }
  [[nodiscard]] bool moving() const { return phase_ == Phase::moving; }
  /// The channel that makes a repetition, filtered, above rest; means something while moving.
  [[nodiscard]] double value() const { return value_; }
  /// The leg with the greater reading in the last frame; means little for both legs together.
  [[nodiscard]] pose::Side leg() const;
  /// Whether the last frame was taken: a known body that was seen.
  [[nodiscard]] bool took(base::Seconds time) const { return known_body_.last_seen() == time; }

 private:
  enum class Phase { settling, resting, moving };
  /// The lines whose turning shows movement before a rest is known.
  static constexpr std::size_t kLines = 5;

  void follow_lines(const kinematics::BodyFrame& body);
  void follow_value(const kinematics::BodyFrame& body);
  void settle(const kinematics::BodyFrame& body);
  void rest(const kinematics::BodyFrame& body);
  const exercise::MovementSegment* move(const kinematics::BodyFrame& body);
  const exercise::MovementSegment* take(const kinematics::BodyFrame& body);
  const exercise::MovementSegment* finish_segment(exercise::SegmentEnd end);
  void reset_all();
  void reset_value();
  [[nodiscard]] bool still() const;
  [[nodiscard]] bool low() const;
  [[nodiscard]] bool body_moved(const kinematics::BodyFrame& body) const;

  const exercise::CycleRules& cycle_;
  const exercise::RepetitionRules& rules_;
  const exercise::MeasurementRules& measurement_;
  kinematics::PlaneRectification rectification_;
  std::optional<kinematics::BodyFrame> in_plane_;
  exercise::KnownBody known_body_;
  kinematics::RestNoiseEstimator noise_;
  kinematics::RestBaseline baseline_;
  std::array<std::vector<signal::Sample>, kLines> lines_;  ///< over the stillness window
  std::optional<FrameReadings> readings_;                  ///< of the last frame taken
  std::size_t raised_ = 0;                                 ///< the leg with the greater reading
  base::Seconds raised_seen_{0.0};                         ///< when it was last seen
  signal::OneEuro filter_;
  double value_ = 0.0;
  double top_ = 0.0;  ///< greatest value of the segment
  std::vector<double> extension_tops_;
  Phase phase_ = Phase::settling;
  std::vector<kinematics::BodyFrame> pre_movement_frames_;
  exercise::MovementSegment segment_;
  std::vector<double> scratch_;
  std::optional<base::Seconds> still_since_;
  std::optional<base::Seconds> unsettled_since_;
  std::optional<base::Seconds> low_since_;
  std::optional<base::Seconds> away_since_;
};

/// The value that makes a repetition: the greater of the two legs' readings, or the body's.
std::optional<double> cycle_value(const exercise::CycleRules& cycle,
                                  const FrameReadings& readings);

}  // namespace matside::cycle
