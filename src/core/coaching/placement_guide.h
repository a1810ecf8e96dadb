// Tells how to place the camera and where to lie, one thing at a time, from what is seen.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/base/quantity.h"
#include "core/engine/frame_state.h"

namespace matside::coaching {

class PlacementGuide {
 public:
  /// What the latest frame showed. @param brightness mean of the picture, 0 to 1, where known
  /// @returns the id of the phrase to say now, if any.
  std::optional<std::string_view> observe(const engine::FrameState& frame_state,
                                      std::optional<double> brightness);

  /// Somebody lies there and has for a moment, with nothing left to better; or with what there
  /// is told twice and not bettered: it will do.
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
    kMatters
  };
  struct IssueState {
    std::optional<base::Seconds> since;
    std::optional<base::Seconds> told;
    int times = 0;
  };

  [[nodiscard]] static std::optional<PlacementIssue> find_issue(const engine::FrameState& frame_state,
                                                       std::optional<double> brightness);

  std::array<IssueState, kMatters> seen_;
  std::optional<base::Seconds> well_placed_since_;
  std::optional<base::Seconds> last_reported_;
  bool done_ = false;
};

}  // namespace matside::coaching
