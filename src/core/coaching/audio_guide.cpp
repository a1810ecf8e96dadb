#include "core/coaching/audio_guide.h"

#include <string>
#include <utility>

#include "core/coaching/breathing_cues.h"
#include "core/pose/landmark.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using pose::Side;

class AudioGuideWriter {
 public:
  AudioGuideWriter(const exercise::Definition& definition, const PracticeRequest& request)
      : definition_(definition),
        level_(*definition.level(request.level)),
        times_(definition.audio_guide),
        request_(request) {}

  std::vector<AudioGuideItem> write() {
    say(level_.trunk_min.value > 0.0 ? "settle_forearms" : "settle_flat",
        UtteranceKind::instruction);
    now_s_ += times_.settle.value;
    sound(SoundCue::none).say = count_utterance(definition_, request_.repetitions);
    say("each_side_left", UtteranceKind::instruction);
    now_s_ += times_.announce.value;
    for (int turn = 0; turn < 2 * request_.repetitions; ++turn) {
      if (turn == request_.repetitions) ask_comfort_midway();
      repetition(turn % 2 == 0 ? Side::left : Side::right,
                 turn < definition_.coaching.full_prompts.value);
    }
    say("set_done", UtteranceKind::instruction);
    now_s_ += times_.last_words.value;
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
    say("comfort_middle", UtteranceKind::instruction);
    now_s_ += times_.comfort.value;
  }

  void repetition(Side side, bool whole) {
    say(side == Side::left ? "left" : "right", UtteranceKind::side, SoundCue::side_change);
    const bool two = level_.kicks > 1;
    if (whole) say(kick_phrase_id(request_.breath, level_.kicks), UtteranceKind::kick);
    now_s_ += (whole ? times_.full_prompt.value : times_.side_word.value) +
              (two ? times_.bend.value : times_.slow_bend.value);
    for (int kick = 0; kick < level_.kicks; ++kick) {
      if (kick > 0) now_s_ += times_.beat.value;
      sound(SoundCue::kick);
    }
    now_s_ += 0.5 * times_.beat.value;
    if (whole) say(lowering_phrase_id(request_.breath), UtteranceKind::kick);
    now_s_ += times_.lower.value;
    int& done = side == Side::left ? left_ : right_;
    ++done;
    sound(SoundCue::repetition).say = count_utterance(definition_, done);
    now_s_ += times_.rest.value;
  }

  const exercise::Definition& definition_;
  const exercise::Level& level_;
  const exercise::AudioGuideRules& times_;
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

std::vector<AudioGuideItem> audio_guide(const exercise::Definition& definition,
                                        const PracticeRequest& request) {
  return AudioGuideWriter(definition, request).write();
}

}  // namespace matside::coaching
