#include "core/coaching/placement_guide.h"

#include <cmath>

#include "core/engine/framing.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using engine::FrameState;
using kinematics::BodyPosture;

// Something is told once it has been so for this long: people walk by and joints are misread.
constexpr Seconds kLasting(1.5);
// Between two things told, so that the first can be done.
constexpr Seconds kHintInterval(7.0);
// The same thing again only then.
constexpr Seconds kRepeatInterval(14.0);
// LessonEvent so often without effect, it is let be.
constexpr int kMaxTimes = 2;
// Lying well for so long.
constexpr Seconds kWellPlacedTime(1.0);
// A picture of this mean brightness with nobody found in it is too dark: evenings by one lamp
// are brighter, and a clip darkened to a third still lets a body be found.
constexpr double kDarkBrightness = 0.12;

}  // namespace

std::optional<PlacementGuide::PlacementIssue> PlacementGuide::find_issue(
    const FrameState& frame_state, std::optional<double> brightness) {
  const bool lying = frame_state.posture == BodyPosture::lying;
  const bool well_seen = frame_state.person && (!lying || frame_state.framing.legs_seen);
  if (!well_seen && brightness && *brightness < kDarkBrightness) return dark;
  if (!frame_state.person) return nobody;
  if (!lying) return standing;
  if (frame_state.framing.cut_off) return cut_off;
  if (frame_state.camera_yaw &&
      std::abs(frame_state.camera_yaw->value()) > engine::kMaxCameraYaw.value())
    return off_square;
  if (frame_state.camera_pitch && *frame_state.camera_pitch > engine::kMaxCameraPitch) return high;
  if (frame_state.framing.small) return small;
  if (!frame_state.framing.legs_seen) return legs_hidden;
  return std::nullopt;
}

std::optional<std::string_view> PlacementGuide::observe(const FrameState& frame_state,
                                                    std::optional<double> brightness) {
  static constexpr std::array<std::string_view, kMatters> kPhrases{
      "too_dark",      "not_seen",   "lie_down",    "guide_cut_off",
      "guide_oblique", "guide_high", "guide_small", "legs_unseen"};
  const std::optional<PlacementIssue> matter = find_issue(frame_state, brightness);
  for (int m = 0; m < kMatters; ++m) {
    if (matter != static_cast<PlacementIssue>(m)) seen_[static_cast<std::size_t>(m)].since.reset();
  }
  const bool lying = frame_state.posture == BodyPosture::lying && frame_state.person;
  const bool tolerated = matter && seen_[*matter].times >= kMaxTimes;
  if (!lying || (matter && !tolerated)) well_placed_since_.reset();
  if (lying && (!matter || tolerated) && !well_placed_since_) well_placed_since_ = frame_state.time;
  done_ = well_placed_since_ && frame_state.time - *well_placed_since_ >= kWellPlacedTime;
  if (!matter) return std::nullopt;
  IssueState& seen = seen_[*matter];
  if (!seen.since) seen.since = frame_state.time;
  if (frame_state.time - *seen.since < kLasting || tolerated) return std::nullopt;
  if (last_reported_ && frame_state.time - *last_reported_ < kHintInterval) return std::nullopt;
  if (seen.told && frame_state.time - *seen.told < kRepeatInterval) return std::nullopt;
  seen.told = last_reported_ = frame_state.time;
  // That nobody lies there yet may be said as often as it is so.
  if (lying) ++seen.times;
  return kPhrases[*matter];
}

}  // namespace matside::coaching
