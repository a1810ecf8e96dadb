// A guided set by sound alone, for a practice without a camera: every item with its time.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/coaching/practice_request.h"
#include "core/coaching/utterance.h"
#include "core/exercise/definition.h"

namespace matside::coaching {

/// A sound other than speech.
enum class SoundCue : std::uint8_t { none, kick, repetition, side_change };
/// As in messages: none, kick, repetition, side_change.
std::string_view name(SoundCue sound);

/// Something to play at one time.
struct AudioGuideItem {
  base::Seconds at;  ///< from the beginning
  std::optional<Utterance> say;
  SoundCue sound = SoundCue::none;
  int left = 0;  ///< repetitions done by then
  int right = 0;
};

/// Items in the order of their times. The definition must have the level (asserted by the
/// catalog).
std::vector<AudioGuideItem> audio_guide(const exercise::Definition& definition,
                                        const PracticeRequest& request);

}  // namespace matside::coaching
