// Prepares a live practice: its pose networks, its records and its lesson.
//
// Runs on the vision thread; loading the networks takes a while.
#pragma once

#include <optional>

#include "core/base/result.h"
#include "protocol/client_messages.h"
#include "server/camera_practice.h"
#include "server/server_context.h"

namespace matside::server {

/// A practice that is ready for its first frame.
struct StartedPractice {
  CameraPractice practice;
  std::optional<base::Error> save_error;  ///< Why it is not saved, where it should be.
};

/// Starts what the hello asks for. A practice that can't be saved still starts. A resumed one
/// continues from the counts on disk.
/// @returns ErrorKind::model when a network can't be loaded or the decoder can't be started,
///   otherwise as protocol::start_lesson()
base::Result<StartedPractice> start_practice(ServerContext& context,
                                             const protocol::ClientHello& hello);

}  // namespace matside::server
