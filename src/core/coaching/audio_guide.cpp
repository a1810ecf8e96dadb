#include "core/coaching/audio_guide.h"

#include <string>
#include <utility>

#include "core/coaching/breathing_cues.h"
#include "core/pose/landmark.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using pose::Side;

// movement.md 1.3 and 6.1: a second to bend, two kicks at 86 a minute, two and more to lower.
constexpr double kBend_s = 1.2;
constexpr double kSlowBend_s = 2.0;  // the one kick of level 0
constexpr double kBeat_s = 0.7;
constexpr double kLower_s = 2.6;
constexpr double kRest_s = 1.4;  // the count is heard, and the other leg gets ready
// Words take so long.
constexpr double kSide_s = 1.0;
constexpr double kWholePrompt_s = 3.2;
constexpr double kSettle_s = 12.0;
constexpr double kAnnounce_s = 5.0;
constexpr double kComfort_s = 6.0;
constexpr double kLastWords_s = 6.0;
constexpr int kTurnsTaught = 4;

class AudioGuideWriter {
 public:
  AudioGuideWriter(const exercise::Definition& definition, const PracticeRequest& wish)
      : definition_(definition), level_(*definition.level(wish.level)), request_(wish) {}

  std::vector<AudioGuideItem> write() {
    say(level_.trunk_min.value > 0.0 ? "settle_forearms" : "settle_flat", UtteranceKind::guide);
    now_s_ += kSettle_s;
    sound(SoundCue::none).say = count_utterance(definition_, request_.repetitions);
    say("each_side_left", UtteranceKind::prompt);
    now_s_ += kAnnounce_s;
    for (int turn = 0; turn < 2 * request_.repetitions; ++turn) {
      if (turn == request_.repetitions) ask_comfort_midway();
      repetition(turn % 2 == 0 ? Side::left : Side::right, turn < kTurnsTaught);
    }
    say("set_done", UtteranceKind::prompt);
    now_s_ += kLastWords_s;
    sound(SoundCue::none);
    return std::move(items_);
  }

 private:
  AudioGuideItem& sound(SoundCue what) {
    AudioGuideItem& item = items_.emplace_back();
    item.at = Seconds(now_s_);
    item.sound = what;
    item.left = left_;
    item.right = right_;
    return item;
  }
  void say(std::string_view id, UtteranceKind kind, SoundCue what = SoundCue::none) {
    sound(what).say = make_utterance(definition_, id, kind);
  }

  void ask_comfort_midway() {
    say("comfort_middle", UtteranceKind::prompt);
    now_s_ += kComfort_s;
  }

  void repetition(Side side, bool whole) {
    say(side == Side::left ? "left" : "right", UtteranceKind::prompt, SoundCue::side_change);
    const bool two = level_.kicks > 1;
    if (whole) say(kick_phrase_id(request_.breath, level_.kicks), UtteranceKind::prompt);
    now_s_ += (whole ? kWholePrompt_s : kSide_s) + (two ? kBend_s : kSlowBend_s);
    for (int kick = 0; kick < level_.kicks; ++kick) {
      if (kick > 0) now_s_ += kBeat_s;
      sound(SoundCue::kick);
    }
    now_s_ += 0.5 * kBeat_s;
    if (whole) say(lowering_phrase_id(request_.breath), UtteranceKind::prompt);
    now_s_ += kLower_s;
    int& done = side == Side::left ? left_ : right_;
    ++done;
    sound(SoundCue::repetition).say = count_utterance(definition_, done);
    now_s_ += kRest_s;
  }

  const exercise::Definition& definition_;
  const exercise::Level& level_;
  const PracticeRequest& request_;
  std::vector<AudioGuideItem> items_;
  double now_s_ = 0.0;
  int left_ = 0;
  int right_ = 0;
};

}  // namespace

std::string_view name(SoundCue sound) {
  switch (sound) {
    case SoundCue::none:
      return "none";
    case SoundCue::kick:
      return "kick";
    case SoundCue::repetition:
      return "repetition";
    case SoundCue::side_change:
      break;
  }
  return "side_change";
}

std::vector<AudioGuideItem> audio_guide(const exercise::Definition& definition, const PracticeRequest& wish) {
  return AudioGuideWriter(definition, wish).write();
}

}  // namespace matside::coaching
