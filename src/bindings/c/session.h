// What stands behind the handles of matside.h.
#pragma once

#include <matside/matside.h>

#include <cstdint>
#include <memory>
#include <string>

#include "bindings/c/told_events.h"
#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"

struct matside_exercise {
  std::shared_ptr<const matside::exercise::Definition> definition;
};

/// A practice and all that it has handed out.
struct matside_session {
 public:
  /// @returns ErrorKind::usage when there is no such level.
  static matside::base::Result<std::unique_ptr<matside_session>> create(
      std::shared_ptr<const matside::exercise::Definition> exercise, int level);

  /// @returns ErrorKind::usage once finished, ErrorKind::input for a picture of no size.
  matside::base::Result<void> push(const matside_frame& frame);
  void finish();
  /// @returns ErrorKind::usage before the first frame, ErrorKind::input for a source that can't
  /// be.
  matside::base::Result<const char*> result(const matside_source* source);

  [[nodiscard]] const std::vector<matside_event>& events() const { return events_.all(); }
  [[nodiscard]] matside_counts counts() const;
  [[nodiscard]] matside_moment moment() const {
    return matside::c::told_moment(session_.moment());
  }

  /// Something was thrown within: what is known is no longer sound.
  bool broken = false;

 private:
  matside_session(std::shared_ptr<const matside::exercise::Definition> exercise,
                  matside::engine::Session session)
      : exercise_(std::move(exercise)), session_(std::move(session)) {}
  [[nodiscard]] matside::base::Seconds covered() const;

  std::shared_ptr<const matside::exercise::Definition> exercise_;
  matside::engine::Session session_;
  matside::c::ToldEvents events_;
  std::string result_;
  std::int64_t frames_ = 0;
  matside::base::ImageSize size_;
  matside::base::Seconds first_;
  matside::base::Seconds last_;
  bool timed_ = false;  ///< There was a frame with a time.
  bool finished_ = false;
};
