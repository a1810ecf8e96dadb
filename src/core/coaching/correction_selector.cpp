#include "core/coaching/correction_selector.h"

#include <algorithm>
#include <utility>

#include "core/exercise/fault_absence.h"

namespace matside::coaching {
namespace {

using exercise::Fault;
using exercise::Repetition;
using exercise::SetFault;

bool has(const Repetition& repetition, const std::string& id) {
  return std::ranges::count(repetition.faults, id, &exercise::DetectedFault::id) > 0;
}

}  // namespace

CorrectionSelector::CorrectionSelector(const exercise::Definition& definition)
    : definition_(&definition) {
  const auto eases = [](const Fault& fault) {
    return fault.details.ease_of_last && fault.details.ease_at_least;
  };
  const auto found = std::ranges::find_if(definition.faults, eases);
  if (found != definition.faults.end()) easing_fault_ = &*found;
}

const Fault* CorrectionSelector::most_important_fault(
    const Repetition& repetition, std::span<const SetFault> set_faults) const {
  const Fault* found = nullptr;
  const auto consider = [&](const std::string& id) {
    const Fault* fault = definition_->fault(id);
    if (fault != nullptr && (found == nullptr || fault->priority < found->priority)) {
      found = fault;
    }
  };
  for (const auto& finding : repetition.faults) consider(finding.id);
  for (const SetFault& fault : set_faults) consider(fault.id);
  return found;
}

std::optional<Utterance> CorrectionSelector::legs_unseen_hint() {
  if (unseen_said_at_ &&
      repetitions_ - *unseen_said_at_ <= definition_->coaching.unseen_repeat.value)
    return std::nullopt;
  unseen_said_at_ = repetitions_;
  return make_utterance(*definition_, "legs_unseen", UtteranceKind::correction);
}

std::optional<Utterance> CorrectionSelector::praise_correction(const Repetition* before,
                                                               const Repetition& repetition) {
  const Fault* corrected = definition_->fault(current_fault_);
  if (corrected == nullptr) return std::nullopt;
  const bool mended = !has(repetition, current_fault_) &&
                      exercise::is_done_well(*corrected, before, repetition, *definition_);
  if (!mended) return std::nullopt;
  current_fault_.clear();
  return make_utterance(*definition_, "mended", UtteranceKind::praise);
}

std::optional<Utterance> CorrectionSelector::after(const Repetition& repetition,
                                                   std::span<const SetFault> set_faults) {
  ++repetitions_;
  const std::optional<Repetition> before = std::exchange(last_, repetition);
  if (!repetition.scored) return legs_unseen_hint();
  if (easing_fault_ != nullptr) {
    eased_by_.push_back(has(repetition, easing_fault_->id));
    if (static_cast<double>(eased_by_.size()) > easing_fault_->details.ease_of_last->value) {
      eased_by_.pop_front();
    }
  }
  const exercise::CoachingRules& rules = definition_->coaching;
  const Fault* fault = most_important_fault(repetition, set_faults);
  const int run = clean_in_a_row_;
  clean_in_a_row_ = fault == nullptr ? run + 1 : 0;
  if (fault == nullptr) return praise_correction(before ? &*before : nullptr, repetition);
  const bool being_worked_at =
      fault->id == current_fault_ && repetitions_ - said_at_ <= rules.cue_repeat.value;
  if (being_worked_at) return std::nullopt;
  if (run >= rules.clean_run_to_skip.value &&
      fault->priority > rules.always_cue_priority.value && skipped_fault_ != fault->id) {
    skipped_fault_ = fault->id;
    return std::nullopt;
  }
  current_fault_ = fault->id;
  said_at_ = repetitions_;
  return cue_utterance(*definition_, fault->id);
}

bool CorrectionSelector::should_ease_kick() {
  if (easing_fault_ == nullptr) return false;
  const auto times = static_cast<double>(std::ranges::count(eased_by_, true));
  const bool often = times >= easing_fault_->details.ease_at_least->value;
  if (often) eased_by_.clear();
  return often;
}

}  // namespace matside::coaching
