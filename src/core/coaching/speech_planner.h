// Decides what is said when, in which form, and what is left unsaid. One voice, one sentence at
// a time; what matters more interrupts what matters less.
//
//   coaching::SpeechPlanner planner(definition);
//   planner.add(utterance, frame.time);
//   for (const coaching::SpeechEvent& event : planner.advance(frame.time)) ...;
//
// Time is the frames'. The same utterances at the same times give the same events.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/quantity.h"
#include "core/coaching/utterance.h"
#include "core/exercise/definition.h"

namespace matside::coaching {

/// A sentence begins now.
struct Speak {
  std::string id;
  std::string text;  ///< of the form
  UtteranceForm form = UtteranceForm::long_form;
  UtteranceKind kind = UtteranceKind::instruction;
  base::Seconds due;  ///< when it was asked for
  base::Seconds start;
  base::Seconds length;  ///< of its recorded clip, or estimated
  /// It may begin this much later, where the sentence before it takes longer than planned;
  /// nothing: however much.
  std::optional<base::Seconds> wait_max;
  bool interrupts = false;  ///< what is being said
};

/// Why a sentence is not said.
enum class UnsaidReason : std::uint8_t {
  late,         ///< its moment passed while something else was said
  too_long,     ///< it would have ended too late
  enough_said,  ///< more of the time would have speech than the rules allow
  repeated,     ///< it has just been said, or is waiting already
  outdated,     ///< the practice has moved on
};
/// As in messages: late, too_long, enough_said, repeated, outdated.
std::string_view name(UnsaidReason reason);

/// A sentence is dropped.
struct Unsaid {
  std::string id;
  std::string text;
  UtteranceKind kind = UtteranceKind::instruction;
  base::Seconds due;
  base::Seconds at;
  UnsaidReason reason = UnsaidReason::late;
};

using SpeechEvent = std::variant<Speak, Unsaid>;

/// One for each practice. Single-threaded.
class SpeechPlanner {
 public:
  /// @param definition must outlive the planner
  explicit SpeechPlanner(const exercise::Definition& definition);

  /// Asks for a sentence. One without text is ignored.
  void add(Utterance utterance, base::Seconds now);
  /// The practice has moved on: waiting sentences of that kind are dropped, and one that is
  /// being said may be interrupted by the next of that kind.
  void outdate(UtteranceKind kind, base::Seconds now);
  /// The person has stopped: nothing is being said any more, and what waits is dropped.
  void silence(base::Seconds now);
  /// The voice says a sentence that was not asked for here; it interrupts, as safety does.
  void taken(const Utterance& utterance, base::Seconds start);
  /// Since then SpeechRules::share_max applies; nothing: it doesn't.
  void limit_share(std::optional<base::Seconds> since) { limited_since_ = since; }
  /// What begins by `now` or was dropped since the last call. `now` must not decrease.
  std::vector<SpeechEvent> advance(base::Seconds now);

  /// Whether a sentence is being said.
  [[nodiscard]] bool speaking(base::Seconds now) const;

 private:
  struct Waiting {
    Utterance utterance;
    base::Seconds due;
  };
  struct Spoken {
    std::string id;
    UtteranceKind kind = UtteranceKind::instruction;
    base::Seconds start;
    base::Seconds end;
    bool outdated = false;
  };

  /// The form that can be said now, or why there is none.
  struct Choice {
    std::optional<UtteranceForm> form;
    UnsaidReason reason = UnsaidReason::late;
  };

  [[nodiscard]] bool is_repeated(const Utterance& utterance, base::Seconds now) const;
  [[nodiscard]] bool may_begin(const Waiting& next, base::Seconds now) const;
  [[nodiscard]] bool may_interrupt(UtteranceKind kind, base::Seconds now) const;
  [[nodiscard]] Choice choose_form(const Waiting& next, base::Seconds now) const;
  [[nodiscard]] bool is_ready(const Waiting& next, base::Seconds now) const;
  [[nodiscard]] bool leaves_silence(base::Seconds now, base::Seconds length) const;
  void drop_late(base::Seconds now);
  void drop(const Waiting& dropped, UnsaidReason reason, base::Seconds now);
  bool begin_next(base::Seconds now);
  void begin(const Waiting& next, UtteranceForm form, base::Seconds now);
  [[nodiscard]] base::Seconds length(const Utterance& utterance, UtteranceForm form) const;

  const exercise::Definition* definition_;
  const exercise::SpeechRules* rules_;
  std::vector<Waiting> waiting_;  ///< in the order of asking
  std::deque<Spoken> spoken_;     ///< of the last share_window; the last may not have ended
  std::optional<base::Seconds> limited_since_;
  base::Seconds advanced_;  ///< the last advance()
  bool cut_off_ = false;    ///< a sentence was silenced, and whoever plays it is to know
  std::vector<SpeechEvent> events_;  ///< since the last advance()
};

}  // namespace matside::coaching
