// One slow bend a side before the set: how far this person's knees bend in comfort today.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/base/quantity.h"
#include "core/exercise/repetition.h"
#include "core/pose/landmark.h"

namespace matside::coaching {

class FlexionCalibration {
 public:
  /// What to ask for now, if anything: each side is asked for once, once more when nothing
  /// came, and then let be.
  std::optional<std::string_view> ask(base::Seconds now, bool at_rest);
  /// Whether the movement is such a bend: asked for, and without a second kick.
  [[nodiscard]] bool is_calibration_bend(const exercise::Repetition& repetition) const;
  void take(const exercise::Repetition& repetition);

  [[nodiscard]] bool done() const { return next_ == kSides.size(); }
  /// The smaller of the greatest bends seen, above rest.
  [[nodiscard]] std::optional<base::Degrees> comfortable() const { return comfortable_; }

 private:
  void next_side();

  static constexpr std::array kSides{pose::Side::left, pose::Side::right};

  std::size_t next_ = 0;                         ///< the side awaited
  int asked_ = 0;                                ///< how often
  std::optional<base::Seconds> first_asked_at_;  ///< for this side
  std::optional<base::Seconds> asked_at_;        ///< last
  std::optional<base::Degrees> comfortable_;
};

}  // namespace matside::coaching
