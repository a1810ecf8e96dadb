#include "core/coaching/placement_guide.h"

#include <cmath>

namespace matside::coaching {

using base::Seconds;
using engine::FrameState;
using kinematics::BodyPosture;

std::optional<PlacementGuide::PlacementIssue> PlacementGuide::find_issue(
    const FrameState& frame_state, std::optional<double> brightness) const {
  const bool lying = frame_state.posture == BodyPosture::lying;
  const bool well_seen = frame_state.person && (!lying || frame_state.framing.legs_seen);
  if (!well_seen && brightness && *brightness < rules_.dark_below.value) return dark;
  if (!frame_state.person) return nobody;
  if (!lying) return standing;
  if (frame_state.framing.cut_off) return cut_off;
  if (frame_state.camera_yaw &&
      std::abs(frame_state.camera_yaw->value()) > camera_.yaw_max.value)
    return off_square;
  if (frame_state.camera_pitch && frame_state.camera_pitch->value() > camera_.pitch_max.value)
    return high;
  if (frame_state.framing.small) return small;
  if (!frame_state.framing.legs_seen) return legs_hidden;
  return std::nullopt;
}

std::optional<std::string_view> PlacementGuide::observe(const FrameState& frame_state,
                                                        std::optional<double> brightness) {
  static constexpr std::array<std::string_view, kIssueCount> kPhrases{
      "too_dark",      "not_seen",   "lie_down",    "guide_cut_off",
      "guide_oblique", "guide_high", "guide_small", "legs_unseen"};
  const std::optional<PlacementIssue> issue = find_issue(frame_state, brightness);
  for (int m = 0; m < kIssueCount; ++m) {
    if (issue != static_cast<PlacementIssue>(m))
      seen_[static_cast<std::size_t>(m)].since.reset();
  }
  const bool lying = frame_state.posture == BodyPosture::lying && frame_state.person;
  const bool tolerated = issue && seen_[*issue].times >= rules_.hints_max.value;
  if (issue && !seen_[*issue].since) seen_[*issue].since = frame_state.time;
  // A leg or a person that is missed in one frame is still well placed.
  const bool lasts =
      issue && frame_state.time - *seen_[*issue].since >= Seconds(rules_.issue_min.value);
  if (lasts && !tolerated) well_placed_since_.reset();
  if (lying && (!issue || tolerated) && !well_placed_since_)
    well_placed_since_ = frame_state.time;
  done_ = well_placed_since_ &&
          frame_state.time - *well_placed_since_ >= Seconds(rules_.well_placed_min.value);
  if (!issue) return std::nullopt;
  IssueState& seen = seen_[*issue];
  if (!lasts || tolerated) return std::nullopt;
  if (last_reported_ &&
      frame_state.time - *last_reported_ < Seconds(rules_.hint_interval.value))
    return std::nullopt;
  if (seen.reported &&
      frame_state.time - *seen.reported < Seconds(rules_.repeat_interval.value))
    return std::nullopt;
  seen.reported = last_reported_ = frame_state.time;
  // That nobody lies there yet is repeated without limit.
  if (lying) ++seen.times;
  return kPhrases[*issue];
}

}  // namespace matside::coaching
