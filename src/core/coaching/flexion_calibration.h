// One slow bend a side before the set: how far this person's knees bend comfortably today.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/base/quantity.h"
#include "core/exercise/coaching_rules.h"
#include "core/exercise/repetition.h"
#include "core/pose/landmark.h"

namespace matside::coaching {

/// Asks for the bends and takes them.
class FlexionCalibration {
 public:
  explicit FlexionCalibration(const exercise::CoachingRules& rules) : rules_(rules) {}

  /// The phrase to say now, if any. Each side is asked for up to calibration_attempts times,
  /// and then skipped.
  std::optional<std::string_view> ask(base::Seconds now, bool at_rest);
  /// Whether the movement is such a bend: asked for before it, and without a second kick.
  [[nodiscard]] bool is_calibration_bend(const exercise::Repetition& repetition) const;
  /// Takes the bend of the side asked for.
  void take(const exercise::Repetition& repetition);

  /// Both sides were taken or skipped.
  [[nodiscard]] bool done() const { return next_ == kSides.size(); }
  /// The smaller of the greatest bends, above rest; nothing before the first.
  [[nodiscard]] std::optional<base::Degrees> comfortable() const { return comfortable_; }

 private:
  void next_side();

  static constexpr std::array kSides{pose::Side::left, pose::Side::right};

  exercise::CoachingRules rules_;
  std::size_t next_ = 0;                         ///< the side asked for
  int asked_ = 0;                                ///< how often for this side
  std::optional<base::Seconds> first_asked_at_;  ///< for this side
  std::optional<base::Seconds> asked_at_;        ///< last
  std::optional<base::Degrees> comfortable_;
};

}  // namespace matside::coaching
