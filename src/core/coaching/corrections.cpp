#include "core/coaching/corrections.h"

#include <algorithm>

namespace matside::coaching {
namespace {

using exercise::Fault;
using exercise::Repetition;
using exercise::SetFault;

// The same correction is not said again within so many repetitions.
constexpr int kLetWork = 2;
constexpr int kLetSee = 3;
// After so many clean ones a single slip that is not among the gravest is let pass.
constexpr int kGoingWell = 3;
constexpr int kGravest = 3;
constexpr std::size_t kHipsOf = 5;
constexpr std::ptrdiff_t kHipsOften = 3;

bool has(const Repetition& repetition, const std::string& id) {
  return std::ranges::count(repetition.faults, id, &exercise::FaultFinding::id) > 0;
}

}  // namespace

const Fault* Corrections::worst(const Repetition& repetition,
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

std::optional<Say> Corrections::unseen() {
  if (repetitions_ - unseen_said_at_ <= kLetSee) return std::nullopt;
  unseen_said_at_ = repetitions_;
  return spoken(*definition_, "legs_unseen", SayKind::guide);
}

std::optional<Say> Corrections::mended(const Repetition& repetition) {
  if (working_at_.empty() || has(repetition, working_at_)) return std::nullopt;
  working_at_.clear();
  return spoken(*definition_, "mended", SayKind::praise);
}

std::optional<Say> Corrections::after(const Repetition& repetition,
                                      std::span<const SetFault> set_faults) {
  ++repetitions_;
  if (!repetition.judged) return unseen();
  hips_.push_back(has(repetition, "hips_lift"));
  if (hips_.size() > kHipsOf) hips_.pop_front();
  const Fault* fault = worst(repetition, set_faults);
  const int run = clean_in_a_row_;
  clean_in_a_row_ = fault == nullptr ? run + 1 : 0;
  if (fault == nullptr) return mended(repetition);
  const bool being_worked_at = fault->id == working_at_ && repetitions_ - said_at_ <= kLetWork;
  if (being_worked_at) return std::nullopt;
  if (run >= kGoingWell && fault->priority > kGravest && slip_ != fault->id) {
    slip_ = fault->id;
    return std::nullopt;
  }
  working_at_ = fault->id;
  said_at_ = repetitions_;
  return cue_for(*definition_, fault->id);
}

bool Corrections::hips_rise_often() {
  const bool often = std::ranges::count(hips_, true) >= kHipsOften;
  if (often) hips_.clear();
  return often;
}

}  // namespace matside::coaching
