// One practice: poses in, events out. Live camera, recorded video and imported poses all come
// here.
//
//   auto session = engine::Session::create(definition, /*level=*/1);
//   for (const pose::PoseFrame& frame : frames)
//     for (const engine::Event& event : session.value().push(frame)) ...;
//   session.value().finish();
//   engine::Analysis result = session.value().analysis();
//
// No I/O, clock, thread or global: the same frames give the same events. One thread at a time.
#pragma once

#include <memory>
#include <span>
#include <variant>

#include "core/base/result.h"
#include "core/engine/analysis.h"
#include "core/engine/frame_state.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"

namespace matside::engine {

/// A repetition has ended and been judged.
struct RepetitionFinished {
  exercise::Repetition repetition;
};
struct SetFaultSeen {
  exercise::SetFault fault;
};
/// Something stands in the way of judging: a stream that is broken (once a burst, at its first
/// frame), nobody to follow for some seconds, and at the end each warning of the analysis that
/// was not told before.
struct Warned {
  Warning warning;
};
using Event = std::variant<RepetitionFinished, SetFaultSeen, Warned>;

class Session {
 public:
  /// @returns usage error when the exercise has no such level.
  static base::Result<Session> create(const exercise::Definition& definition, int level);
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// Takes the next frame. One whose time is no number or does not rise is left out and warned
  /// of; of frames that follow each other within a millisecond only some are judged. The events
  /// are valid until the next call.
  std::span<const Event> push(const pose::PoseFrame& frame);

  /// The source has ended: judges what is under way and warns of what has not been warned of.
  std::span<const Event> finish();

  [[nodiscard]] Analysis analysis() const;
  /// Those of the analysis.
  [[nodiscard]] const RepetitionCounts& counts() const;

  /// What the frame pushed last showed; provisional, and of no influence on the events.
  [[nodiscard]] const FrameState& frame_state() const;

  /// From now on a kick is full at the person's own comfortable bend, where that is smaller
  /// than the level's.
  void limit_full_kick(base::Degrees full_kick);

 private:
  class Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace matside::engine
