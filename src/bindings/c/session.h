// The practice behind the handle of matside.h.
#pragma once

#include <matside/matside.h>

#include <cstdint>
#include <memory>
#include <string>

#include "bindings/c/event_buffer.h"
#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"

/// A practice, and everything that it returned.
struct matside_session {
 public:
  /// @returns ErrorKind::usage if the exercise has no such level
  static matside::base::Result<std::unique_ptr<matside_session>> create(
      std::shared_ptr<const matside::exercise::Definition> exercise, int level);

  /// @returns ErrorKind::usage after finish(), ErrorKind::input for an invalid picture size
  matside::base::Result<void> push(const matside_frame& frame);
  void finish();
  /// @returns ErrorKind::usage before the first frame, ErrorKind::input for an invalid source
  matside::base::Result<const char*> result(const matside_source* source);

  [[nodiscard]] const std::vector<matside_event>& events() const { return events_.all(); }
  [[nodiscard]] matside_counts counts() const;
  [[nodiscard]] matside_frame_state frame_state() const {
    return matside::c::to_c_frame_state(session_.frame_state(), *exercise_);
  }

  /// An exception was thrown within, so that the state may be inconsistent.
  bool failed = false;

 private:
  matside_session(std::shared_ptr<const matside::exercise::Definition> exercise,
                  matside::engine::Session session)
      : exercise_(std::move(exercise)), session_(std::move(session)) {}
  [[nodiscard]] matside::base::Seconds covered() const;

  std::shared_ptr<const matside::exercise::Definition> exercise_;
  matside::engine::Session session_;
  matside::c::EventBuffer events_;
  std::string result_;
  std::int64_t frames_ = 0;
  matside::base::ImageSize size_;
  matside::base::Seconds first_;
  matside::base::Seconds last_;
  bool timed_ = false;  ///< A frame had a valid time.
  bool finished_ = false;
};
