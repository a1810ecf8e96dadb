// Hints how to place the camera and where to lie, one at a time.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/base/quantity.h"
#include "core/engine/frame_state.h"
#include "core/exercise/coaching_rules.h"
#include "core/exercise/observation_rules.h"

namespace matside::coaching {

/// Times are the frames'.
class PlacementGuide {
 public:
  /// The rules must outlive it.
  PlacementGuide(const exercise::PlacementRules& rules, const exercise::CameraRules& camera)
      : rules_(rules), camera_(camera) {}

  /// The state after a frame. @param brightness mean of its picture, 0 to 1, where known
  /// @returns the id of the phrase to say now, if any
  std::optional<std::string_view> observe(const engine::FrameState& frame_state,
                                          std::optional<double> brightness);

  /// The person has lain there for PlacementRules::well_placed_min, with no problem left but
  /// those that were mentioned hints_max times without effect.
  [[nodiscard]] bool done() const { return done_; }

 private:
  enum PlacementIssue {
    dark,
    nobody,
    standing,
    cut_off,
    off_square,
    high,
    small,
    legs_hidden,
    kIssueCount
  };
  struct IssueState {
    std::optional<base::Seconds> since;
    std::optional<base::Seconds> reported;
    int times = 0;
  };

  [[nodiscard]] std::optional<PlacementIssue> find_issue(
      const engine::FrameState& frame_state, std::optional<double> brightness) const;

  const exercise::PlacementRules& rules_;
  const exercise::CameraRules& camera_;
  std::array<IssueState, kIssueCount> seen_;
  std::optional<base::Seconds> well_placed_since_;
  std::optional<base::Seconds> last_reported_;
  bool done_ = false;
};

}  // namespace matside::coaching
