// One practice in front of a camera: pictures in, messages for the page out. Pose and judgement
// are those of a recording.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"
#include "server/messages.h"
#include "vision/blazepose/model.h"
#include "vision/blazepose/tracker.h"

namespace matside::server {

/// Not for use by two threads at once.
class Practice {
 public:
  using Messages = std::vector<std::string>;

  /// @param exercise must outlive the practice
  /// @returns ErrorKind::usage for a level that the exercise does not have, ErrorKind::model
  ///   when a network file is missing, cut short or changed.
  static base::Result<Practice> begin(const exercise::Definition& exercise, int level,
                                      const blazepose::Networks& networks);

  /// Looks at a picture. @returns what to tell the page, the frame's own message last;
  /// ErrorKind::input when it is no JPEG, ErrorKind::model when a network fails.
  base::Result<Messages> look(const Frame& frame);

  /// The practice ends. @returns what is left to tell, the summary last.
  Messages finish();

 private:
  Practice(const exercise::Definition& exercise, blazepose::PoseTracker tracker,
           engine::Session session)
      : exercise_(&exercise), tracker_(std::move(tracker)), session_(std::move(session)) {}
  void tell(std::span<const engine::Event> events, Messages& messages) const;

  const exercise::Definition* exercise_;
  blazepose::PoseTracker tracker_;
  engine::Session session_;
  std::int64_t frames_ = 0;
};

}  // namespace matside::server
