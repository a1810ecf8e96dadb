// Converts the engine's events and frame states to the structs of matside.h. One thread at a
// time.
#pragma once

#include <matside/matside.h>

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "core/engine/session.h"
#include "core/exercise/definition.h"

namespace matside::c {

/// The events of one call, with everything that they point to.
class EventBuffer {
 public:
  /// Replaces the contents. Pointers to earlier events become invalid.
  void assign(std::span<const engine::Event> events, const exercise::Definition& exercise);
  void clear();
  [[nodiscard]] const std::vector<matside_event>& all() const { return events_; }

 private:
  void add(const exercise::Repetition& repetition, const exercise::Definition& exercise);
  const std::vector<matside_peak>& store_peaks(const exercise::Repetition& repetition);
  const std::vector<matside_reading>& store_readings(const exercise::Repetition& repetition);
  void add(const exercise::SetFault& fault, const exercise::Definition& exercise);
  void add(const engine::Warning& warning);
  const char* store_text(std::string text) {
    return texts_.emplace_back(std::move(text)).c_str();
  }

  // Deques, because the addresses of their elements stay valid when elements are added.
  std::deque<std::string> texts_;
  std::deque<std::vector<matside_kick>> kicks_;
  std::deque<std::vector<matside_peak>> peaks_;
  std::deque<std::vector<matside_reading>> readings_;
  std::deque<std::vector<matside_fault>> faults_;
  std::deque<matside_repetition> repetitions_;
  std::deque<matside_set_fault> set_faults_;
  std::deque<matside_warning> warnings_;
  std::vector<matside_event> events_;
};

/// The caller's frame for the engine, rounded as a table of poses is.
/// @param index  the frame's number, from 0
pose::PoseFrame pose_frame(const matside_frame& frame, std::int64_t index);

/// Values that are absent become NaN.
matside_frame_state to_c_frame_state(const engine::FrameState& frame_state,
                                     const exercise::Definition& exercise);

}  // namespace matside::c
