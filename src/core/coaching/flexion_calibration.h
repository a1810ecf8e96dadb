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
  /// The rules must outlive it.
  explicit FlexionCalibration(const exercise::CoachingRules& rules) : rules_(rules) {}

  /// The phrase to say now, if any. After calibration_attempts requests without a bend, of
  /// either side, no more is asked.
  std::optional<std::string_view> ask(base::Seconds now, bool at_rest);
  /// Whether the movement is such a bend: asked for before it, and without a second kick.
  [[nodiscard]] bool is_calibration_bend(const exercise::Repetition& repetition) const;
  /// Takes the bend of the side asked for.
  void take(const exercise::Repetition& repetition);

  /// Both sides were taken, or no more is asked.
  [[nodiscard]] bool done() const { return given_up_ || next_ == kSides.size(); }
  /// A bend was asked for in vain.
  [[nodiscard]] bool given_up() const { return given_up_; }
  /// The smaller of the greatest bends, above rest; nothing before the first.
  [[nodiscard]] std::optional<base::Degrees> comfortable() const { return comfortable_; }

 private:
  static constexpr std::array kSides{pose::Side::left, pose::Side::right};

  const exercise::CoachingRules& rules_;
  std::size_t next_ = 0;  ///< the side asked for
  int unanswered_ = 0;    ///< requests, of both sides together
  bool given_up_ = false;
  std::optional<base::Seconds> first_asked_at_;  ///< for this side
  std::optional<base::Seconds> asked_at_;        ///< last
  std::optional<base::Degrees> comfortable_;
};

}  // namespace matside::coaching
