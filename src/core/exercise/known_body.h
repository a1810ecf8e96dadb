// What every finder of movement needs: whose body is followed, what was just before, and how
// noisy readings usually are.
#pragma once

#include <optional>
#include <vector>

#include "core/base/quantity.h"
#include "core/exercise/measurement_rules.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/rest_noise.h"
#include "core/pose/landmark.h"

namespace matside::exercise {

/// Tells the person who is followed from another one, by where the head is. One thread at a
/// time.
class KnownBody {
 public:
  /// @param loss  unseen for longer than this, the person is lost
  explicit KnownBody(base::Seconds loss) : loss_(loss) {}

  enum class Seen {
    yes,      ///< the person, lying
    not_now,  ///< nobody, or another body, for a moment
    lost,     ///< for too long
  };
  /// Takes the body of each frame in turn, or nothing where nobody was found.
  Seen observe(base::Seconds time, const std::optional<kinematics::BodyFrame>& body);
  /// The next lying body is the person.
  void forget() { head_direction_.reset(); }
  /// When the person was last seen; 0 before.
  [[nodiscard]] base::Seconds last_seen() const { return last_seen_; }

 private:
  base::Seconds loss_;
  base::Seconds last_seen_{0.0};
  std::optional<pose::Side> head_direction_;
};

/// Adds a frame, and drops those that are older than `window`.
void keep_recent(std::vector<kinematics::BodyFrame>& frames, const kinematics::BodyFrame& body,
                 base::Seconds window);

/// The noise at rest, until the person's own is known.
kinematics::RestNoise usual_noise(const MeasurementRules& rules);

}  // namespace matside::exercise
