#include "core/coaching/placement_guide.h"

#include <cmath>

#include "core/engine/framing.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using engine::Moment;
using kinematics::Attitude;

// Something is told once it has been so for this long: people walk by and joints are misread.
constexpr Seconds kLasting(1.5);
// Between two things told, so that the first can be done.
constexpr Seconds kPatience(7.0);
// The same thing again only then.
constexpr Seconds kAgain(14.0);
// Told so often without effect, it is let be.
constexpr int kMostTimes = 2;
// Lying well for so long.
constexpr Seconds kWell(1.0);
// A picture of this mean brightness with nobody found in it is too dark: evenings by one lamp
// are brighter, and a clip darkened to a third still lets a body be found.
constexpr double kDark = 0.12;

}  // namespace

std::optional<PlacementGuide::Matter> PlacementGuide::matter_of(
    const Moment& moment, std::optional<double> brightness) {
  const bool lying = moment.attitude == Attitude::lying;
  const bool well_seen = moment.person && (!lying || moment.framing.legs_seen);
  if (!well_seen && brightness && *brightness < kDark) return dark;
  if (!moment.person) return nobody;
  if (!lying) return standing;
  if (moment.framing.cut_off) return cut_off;
  if (moment.camera_yaw &&
      std::abs(moment.camera_yaw->value()) > engine::kMostOffSquare.value())
    return off_square;
  if (moment.camera_pitch && *moment.camera_pitch > engine::kMostLookingDown) return high;
  if (moment.framing.small) return small;
  if (!moment.framing.legs_seen) return legs_hidden;
  return std::nullopt;
}

std::optional<std::string_view> PlacementGuide::see(const Moment& moment,
                                                    std::optional<double> brightness) {
  static constexpr std::array<std::string_view, kMatters> kPhrases{
      "too_dark",      "not_seen",   "lie_down",    "guide_cut_off",
      "guide_oblique", "guide_high", "guide_small", "legs_unseen"};
  const std::optional<Matter> matter = matter_of(moment, brightness);
  for (int m = 0; m < kMatters; ++m) {
    if (matter != static_cast<Matter>(m)) seen_[static_cast<std::size_t>(m)].since.reset();
  }
  const bool lying = moment.attitude == Attitude::lying && moment.person;
  const bool borne = matter && seen_[*matter].times >= kMostTimes;
  if (!lying || (matter && !borne)) well_since_.reset();
  if (lying && (!matter || borne) && !well_since_) well_since_ = moment.time;
  done_ = well_since_ && moment.time - *well_since_ >= kWell;
  if (!matter) return std::nullopt;
  Seen& seen = seen_[*matter];
  if (!seen.since) seen.since = moment.time;
  if (moment.time - *seen.since < kLasting || borne) return std::nullopt;
  if (last_told_ && moment.time - *last_told_ < kPatience) return std::nullopt;
  if (seen.told && moment.time - *seen.told < kAgain) return std::nullopt;
  seen.told = last_told_ = moment.time;
  // That nobody lies there yet may be said as often as it is so.
  if (lying) ++seen.times;
  return kPhrases[*matter];
}

}  // namespace matside::coaching
