// A guided set by sound alone, for a practice without a camera: all of it, with its times.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/coaching/utterance.h"
#include "core/coaching/practice_request.h"
#include "core/exercise/definition.h"

namespace matside::coaching {

enum class SoundCue : std::uint8_t { none, kick, repetition, side_change };
/// As messages tell it: none, kick, repetition, side_change.
std::string_view name(SoundCue sound);

struct AudioGuideItem {
  base::Seconds at;
  std::optional<Utterance> say;
  SoundCue sound = SoundCue::none;
  int left = 0;  ///< repetitions done when it is reached
  int right = 0;
};

/// Items in the order of their times. The definition must have the level.
std::vector<AudioGuideItem> audio_guide(const exercise::Definition& definition, const PracticeRequest& wish);

}  // namespace matside::coaching
