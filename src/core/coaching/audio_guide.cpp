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
    say(level_.settle_phrase, UtteranceKind::instruction);
    now_s_ += times_.settle.value;
    sound(SoundCue::none).say = count_utterance(definition_, request_.repetitions);
    const bool by_side = definition_.by_side();
    say(by_side ? "each_side_left" : "repetitions_calmly", UtteranceKind::instruction);
    now_s_ += times_.announce.value;
    const int turns = by_side ? 2 * request_.repetitions : request_.repetitions;
    for (int turn = 0; turn < turns; ++turn) {
      if (turn == (turns + 1) / 2 && turn > 0) ask_comfort_midway();
      if (by_side) name_side(turn % 2 == 0 ? Side::left : Side::right);
      const bool whole = turn < definition_.coaching.full_prompts.value;
      if (level_.tempo) {
        cycle(whole);
      } else {
        kicks(whole);
      }
      count(turn % 2 == 0 || !by_side ? left_ : right_);
    }
    say(definition_.cycle && level_.trunk_min.value <= 0.0 ? "set_done_flat" : "set_done",
        UtteranceKind::instruction);
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

  void name_side(Side side) {
    say(side == Side::left ? "left" : "right", UtteranceKind::side, SoundCue::side_change);
  }

  // `whole`: with all its words.
  void cycle(bool whole) {
    const exercise::Tempo& tempo = *level_.tempo;
    if (whole) say(definition_.own_phrase_id("prompt"), UtteranceKind::kick);
    now_s_ += (whole ? times_.full_prompt.value : times_.side_word.value) + tempo.rise.value;
    peaks();
    now_s_ += tempo.hold.value;
    const auto& breath = definition_.cycle->breath;
    if (whole) say(lowering_phrase_id(breath, request_.breath), UtteranceKind::kick);
    now_s_ += tempo.lower.value;
  }

  void peaks() {
    for (int peak = 0; peak < level_.kicks; ++peak) {
      if (peak > 0) now_s_ += times_.beat.value;
      sound(SoundCue::kick);
    }
  }

  void kicks(bool whole) {
    const bool two = level_.kicks > 1;
    if (whole) say(kick_phrase_id(request_.breath, level_.kicks), UtteranceKind::kick);
    now_s_ += (whole ? times_.full_prompt.value : times_.side_word.value) +
              (two ? times_.bend.value : times_.slow_bend.value);
    peaks();
    now_s_ += 0.5 * times_.beat.value;
    if (whole) say(lowering_phrase_id(request_.breath), UtteranceKind::kick);
    now_s_ += times_.lower.value;
  }

  void count(int& done) {
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
