// One practice: poses in, events out. A live camera, a recorded video and imported poses all
// use the same Session.
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

/// A repetition has ended.
struct RepetitionFinished {
  exercise::Repetition repetition;
};
/// A fault of the set was completed by the last repetition.
struct SetFaultSeen {
  exercise::SetFault fault;
};
/// Something limits the analysis: a broken stream (once per burst), nobody to follow for some
/// seconds, a foot outside the picture or both legs bent together (once), and at the end each
/// warning of the analysis that was not given before.
struct Warned {
  Warning warning;
};
using Event = std::variant<RepetitionFinished, SetFaultSeen, Warned>;

/// Counts and scores one practice of one level.
class Session {
 public:
  /// @param definition must outlive the session; many sessions share one
  /// @returns a usage error when the exercise has no such level.
  static base::Result<Session> create(const exercise::Definition& definition, int level);
  static base::Result<Session> create(const exercise::Definition&&, int) = delete;
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// Takes the next frame. Frames with invalid or non-increasing times are skipped, with a
  /// warning; of frames less than a millisecond apart only some are analysed. The events are
  /// valid until the next call.
  std::span<const Event> push(const pose::PoseFrame& frame);

  /// The source was paused: the gap before its next frame causes no warning.
  void expect_gap();

  /// The source has ended: scores an unfinished movement and gives the remaining warnings.
  std::span<const Event> finish();

  /// The result up to now.
  [[nodiscard]] Analysis analysis() const;
  /// The counts of the analysis.
  [[nodiscard]] const RepetitionCounts& counts() const;

  /// The state after the last frame; provisional, of no influence on the events.
  [[nodiscard]] const FrameState& frame_state() const;

  /// From now on a kick is full at `full_kick`, the person's comfortable bend above rest, where
  /// that is less than the level asks for.
  void limit_full_kick(base::Degrees full_kick);

 private:
  class Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace matside::engine
