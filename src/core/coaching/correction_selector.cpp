#include "core/coaching/correction_selector.h"

#include <algorithm>

namespace matside::coaching {
namespace {

using exercise::Fault;
using exercise::Repetition;
using exercise::SetFault;

// The same correction is not said again within so many repetitions.
constexpr int kCueRepeatInterval = 2;
constexpr int kUnseenRepeatInterval = 3;
// After so many clean ones a single slip that is not among the gravest is let pass.
constexpr int kCleanRunToSkip = 3;
constexpr int kAlwaysCuedPriority = 3;
constexpr std::size_t kHipsLiftWindow = 5;
constexpr std::ptrdiff_t kHipsLiftCount = 3;

bool has(const Repetition& repetition, const std::string& id) {
  return std::ranges::count(repetition.faults, id, &exercise::DetectedFault::id) > 0;
}

}  // namespace

const Fault* CorrectionSelector::most_important_fault(const Repetition& repetition,
                                std::span<const SetFault> set_faults) const {
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
  if (repetitions_ - unseen_said_at_ <= kUnseenRepeatInterval) return std::nullopt;
  unseen_said_at_ = repetitions_;
  return make_utterance(*definition_, "legs_unseen", UtteranceKind::guide);
}

std::optional<Utterance> CorrectionSelector::praise_correction(const Repetition& repetition) {
  if (current_fault_.empty() || has(repetition, current_fault_)) return std::nullopt;
  current_fault_.clear();
  return make_utterance(*definition_, "mended", UtteranceKind::praise);
}

std::optional<Utterance> CorrectionSelector::after(const Repetition& repetition,
                                      std::span<const SetFault> set_faults) {
  ++repetitions_;
  if (!repetition.judged) return legs_unseen_hint();
  hips_.push_back(has(repetition, "hips_lift"));
  if (hips_.size() > kHipsLiftWindow) hips_.pop_front();
  const Fault* fault = most_important_fault(repetition, set_faults);
  const int run = clean_in_a_row_;
  clean_in_a_row_ = fault == nullptr ? run + 1 : 0;
  if (fault == nullptr) return praise_correction(repetition);
  const bool being_worked_at = fault->id == current_fault_ && repetitions_ - said_at_ <= kCueRepeatInterval;
  if (being_worked_at) return std::nullopt;
  if (run >= kCleanRunToSkip && fault->priority > kAlwaysCuedPriority && skipped_fault_ != fault->id) {
    skipped_fault_ = fault->id;
    return std::nullopt;
  }
  current_fault_ = fault->id;
  said_at_ = repetitions_;
  return cue_utterance(*definition_, fault->id);
}

bool CorrectionSelector::hips_rise_often() {
  const bool often = std::ranges::count(hips_, true) >= kHipsLiftCount;
  if (often) hips_.clear();
  return often;
}

}  // namespace matside::coaching
