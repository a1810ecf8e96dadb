#include "core/coaching/speech_planner.h"

#include <algorithm>
#include <utility>

#include "core/coaching/speech_length.h"

namespace matside::coaching {
namespace {

using base::Seconds;

/// Who goes first of those that wait: an instruction can wait for a count, not the other way
/// round.
int turn_of(UtteranceKind kind) {
  switch (kind) {
    case UtteranceKind::safety:
      return 0;
    case UtteranceKind::count:
      return 1;
    case UtteranceKind::instruction:
      return 2;
    default:
      return static_cast<int>(kind);
  }
}

/// Whether the sentence may be left out, in that form, where much is said already. A person who
/// waits for their side is told it; a correction or an instruction is at least said in its
/// short form.
bool is_optional(const Utterance& utterance, UtteranceForm form) {
  switch (utterance.kind) {
    case UtteranceKind::side:
      return utterance.start_by.has_value();
    case UtteranceKind::instruction:
    case UtteranceKind::correction:
      return form == UtteranceForm::long_form;
    default:
      return utterance.kind == UtteranceKind::kick || utterance.kind == UtteranceKind::praise ||
             utterance.kind == UtteranceKind::breath;
  }
}

/// More than are said within SpeechRules::share_window.
constexpr std::size_t kMaxSpoken = 256;

/// A word that is over sooner than it could be interrupted.
bool is_one_word(UtteranceKind kind) {
  return kind == UtteranceKind::count || kind == UtteranceKind::side;
}

bool is_never_dropped(UtteranceKind kind) {
  return kind == UtteranceKind::safety || kind == UtteranceKind::instruction;
}

}  // namespace

std::string_view name(UnsaidReason reason) {
  switch (reason) {
    case UnsaidReason::late:
      return "late";
    case UnsaidReason::too_long:
      return "too_long";
    case UnsaidReason::enough_said:
      return "enough_said";
    case UnsaidReason::repeated:
      return "repeated";
    case UnsaidReason::outdated:
      break;
  }
  return "outdated";
}

SpeechPlanner::SpeechPlanner(const exercise::Definition& definition)
    : definition_(&definition), rules_(&definition.speech) {}

Seconds SpeechPlanner::length(const Utterance& utterance, UtteranceForm form) const {
  return speech_length(*definition_, utterance, form);
}

bool SpeechPlanner::speaking(Seconds now) const {
  return !spoken_.empty() && spoken_.back().end > now;
}

bool SpeechPlanner::is_repeated(const Utterance& utterance, Seconds now) const {
  if (std::ranges::any_of(
          waiting_, [&](const Waiting& other) { return other.utterance.id == utterance.id; }))
    return true;
  // Both sides are counted with the same words, and a question after a stop is always asked.
  if (utterance.kind != UtteranceKind::instruction &&
      utterance.kind != UtteranceKind::correction && utterance.kind != UtteranceKind::praise)
    return false;
  return std::ranges::any_of(spoken_, [&](const Spoken& before) {
    return before.id == utterance.id && before.kind == utterance.kind &&
           now - before.end < Seconds(rules_->repeat_after.value);
  });
}

void SpeechPlanner::add(Utterance utterance, Seconds now) {
  if (utterance.text.empty()) return;
  Waiting asked{std::move(utterance), now};
  if (is_repeated(asked.utterance, now)) return drop(asked, UnsaidReason::repeated, now);
  waiting_.push_back(std::move(asked));
}

void SpeechPlanner::drop(const Waiting& dropped, UnsaidReason reason, Seconds now) {
  const Utterance& utterance = dropped.utterance;
  events_.emplace_back(
      Unsaid{utterance.id, utterance.text, utterance.kind, dropped.due, now, reason});
}

void SpeechPlanner::outdate(UtteranceKind kind, Seconds now) {
  std::erase_if(waiting_, [&](const Waiting& each) {
    if (each.utterance.kind != kind) return false;
    drop(each, UnsaidReason::outdated, now);
    return true;
  });
  if (speaking(now) && spoken_.back().kind == kind) spoken_.back().outdated = true;
}

void SpeechPlanner::silence(Seconds now) {
  for (const Waiting& each : waiting_) drop(each, UnsaidReason::outdated, now);
  waiting_.clear();
  if (!speaking(now)) return;
  spoken_.back().end = now;
  cut_off_ = true;
}

void SpeechPlanner::taken(const Utterance& utterance, Seconds start) {
  if (speaking(start)) spoken_.back().end = start;
  const Seconds takes = length(utterance, UtteranceForm::long_form);
  spoken_.push_back({utterance.id, UtteranceKind::safety, start, start + takes});
  if (spoken_.size() > kMaxSpoken) spoken_.pop_front();
}

std::vector<SpeechEvent> SpeechPlanner::advance(Seconds now) {
  // A time from elsewhere can be wrong; time that stands still says nothing about it.
  if (now > advanced_ && !spoken_.empty() && spoken_.back().start > now) {
    Spoken& last = spoken_.back();
    last.end = now + (last.end - last.start);
    last.start = now;
  }
  advanced_ = now;
  drop_late(now);
  while (begin_next(now)) {
  }
  const Seconds kept =
      Seconds(std::max(rules_->share_window.value, rules_->repeat_after.value));
  while (!spoken_.empty() && spoken_.front().end < now - kept) spoken_.pop_front();
  return std::exchange(events_, {});
}

void SpeechPlanner::drop_late(Seconds now) {
  std::erase_if(waiting_, [&](const Waiting& each) {
    if (!each.utterance.start_by || now <= *each.utterance.start_by) return false;
    drop(each, UnsaidReason::late, now);
    return true;
  });
}

bool SpeechPlanner::may_interrupt(UtteranceKind kind, Seconds now) const {
  const Spoken& current = spoken_.back();
  if (kind == UtteranceKind::safety) return current.kind != UtteranceKind::safety;
  if (is_one_word(current.kind)) return false;
  if (current.end - now <= Seconds(rules_->finish.value)) return false;
  return kind < current.kind || (current.outdated && kind == current.kind);
}

bool SpeechPlanner::may_begin(const Waiting& next, Seconds now) const {
  const UtteranceKind kind = next.utterance.kind;
  if (speaking(now)) return may_interrupt(kind, now);
  if (spoken_.empty() || kind == UtteranceKind::safety) return true;
  return now - spoken_.back().end >= Seconds(rules_->gap.value);
}

// Nothing else may be in the way of a count that is about to come.
bool SpeechPlanner::is_ready(const Waiting& next, Seconds now) const {
  const UtteranceKind kind = next.utterance.kind;
  if (next.utterance.not_before && now < *next.utterance.not_before) return false;
  if (turn_of(kind) <= turn_of(UtteranceKind::count)) return true;
  return std::ranges::none_of(waiting_, [](const Waiting& other) {
    return other.utterance.kind == UtteranceKind::count;
  });
}

bool SpeechPlanner::begin_next(Seconds now) {
  auto next = waiting_.end();
  for (auto each = waiting_.begin(); each != waiting_.end(); ++each) {
    if (!is_ready(*each, now)) continue;
    const bool sooner =
        next == waiting_.end() || turn_of(each->utterance.kind) < turn_of(next->utterance.kind);
    if (sooner) next = each;
  }
  if (next == waiting_.end() || !may_begin(*next, now)) return false;
  const Waiting taken = std::move(*next);
  waiting_.erase(next);
  const Choice choice = choose_form(taken, now);
  if (choice.form) {
    begin(taken, *choice.form, now);
  } else {
    drop(taken, choice.reason, now);
  }
  return true;
}

SpeechPlanner::Choice SpeechPlanner::choose_form(const Waiting& next, Seconds now) const {
  const Utterance& utterance = next.utterance;
  const bool waited = now - next.due > Seconds(rules_->long_within.value);
  const bool hurried = utterance.kind == UtteranceKind::instruction && waited;
  Choice choice;
  for (const UtteranceForm form : {UtteranceForm::long_form, UtteranceForm::short_form}) {
    if (form == UtteranceForm::long_form && hurried) continue;
    const Seconds takes = length(utterance, form);
    choice.reason = UnsaidReason::too_long;
    if (utterance.end_by && now + takes > *utterance.end_by) continue;
    choice.reason = UnsaidReason::enough_said;
    if (is_optional(utterance, form) && !leaves_silence(now, takes)) continue;
    choice.form = form;
    return choice;
  }
  if (is_never_dropped(utterance.kind)) choice.form = UtteranceForm::short_form;
  return choice;
}

bool SpeechPlanner::leaves_silence(Seconds now, Seconds length) const {
  if (!limited_since_) return true;
  const Seconds end = now + length;
  const Seconds window(rules_->share_window.value);
  const Seconds from = std::max(*limited_since_, end - window);
  Seconds said = length;
  for (const Spoken& each : spoken_) {
    if (each.end > from) said += std::min(each.end, now) - std::max(each.start, from);
  }
  const Seconds shortest(rules_->share_window_min.value);
  return said <= rules_->share_max.value * std::max(shortest, end - from);
}

void SpeechPlanner::begin(const Waiting& next, UtteranceForm form, Seconds now) {
  const Utterance& utterance = next.utterance;
  const bool interrupts = speaking(now) || std::exchange(cut_off_, false);
  if (speaking(now)) spoken_.back().end = now;
  const Seconds takes = length(utterance, form);
  std::optional<Seconds> wait_max;
  if (utterance.start_by) wait_max = std::max(Seconds(0.0), *utterance.start_by - now);
  spoken_.push_back({utterance.id, utterance.kind, now, now + takes});
  events_.emplace_back(Speak{utterance.id, utterance.text_of(form), form, utterance.kind,
                             next.due, now, takes, wait_max, interrupts});
}

}  // namespace matside::coaching
