// The person's own pace: when the next kick, the foot's return and the next bend are to be
// expected.
#pragma once

#include <optional>

#include "core/base/quantity.h"
#include "core/exercise/coaching_rules.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"

namespace matside::coaching {

/// Averages over the repetitions so far; before the first, the times of the rules.
class Pace {
 public:
  Pace(const exercise::AudioGuideRules& guide, const exercise::SpeechRules& speech,
       const exercise::Level& level);

  /// A repetition has ended.
  void take(const exercise::Repetition& repetition);

  /// From the beginning of the bend.
  [[nodiscard]] base::Seconds to_first_kick() const { return bend_; }
  /// A peak, where the exercise has a cycle.
  [[nodiscard]] base::Seconds to_last_kick() const { return bend_ + beats_; }
  /// From the last kick to the foot's return.
  [[nodiscard]] base::Seconds lowering() const { return lowering_; }
  /// From the foot's return to the other leg's bend.
  [[nodiscard]] base::Seconds rest() const { return rest_; }

 private:
  double weight_;
  base::Seconds bend_;
  base::Seconds beats_;
  base::Seconds lowering_;
  base::Seconds rest_;
  std::optional<base::Seconds> last_end_;
};

}  // namespace matside::coaching
