// The engine's events as matside.h tells them. One thread at a time.
#pragma once

#include <matside/matside.h>

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "core/engine/session.h"
#include "core/exercise/definition.h"

namespace matside::c {

/// The events of one call, with all that they point to.
class ToldEvents {
 public:
  void tell(std::span<const engine::Event> events, const exercise::Definition& exercise);
  void clear();
  [[nodiscard]] const std::vector<matside_event>& all() const { return events_; }

 private:
  void add(const exercise::Repetition& repetition, const exercise::Definition& exercise);
  void add(const exercise::SetFault& fault, const exercise::Definition& exercise);
  void add(const engine::Warning& warning);
  const char* keep(std::string text) { return texts_.emplace_back(std::move(text)).c_str(); }

  // What is pointed to stays where it is while more is added.
  std::deque<std::string> texts_;
  std::deque<std::vector<matside_kick>> kicks_;
  std::deque<std::vector<matside_fault>> faults_;
  std::deque<matside_repetition> repetitions_;
  std::deque<matside_set_fault> set_faults_;
  std::deque<matside_warning> warnings_;
  std::vector<matside_event> events_;
};

/// A pose frame of the caller's numbers, rounded to the digits of a table.
pose::PoseFrame pose_frame(const matside_frame& frame, std::int64_t index);

/// What is not there is NaN.
matside_moment told_moment(const engine::Moment& moment);

}  // namespace matside::c
