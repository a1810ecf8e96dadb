// A pose stream over a WebSocket.
//
// Belongs to the answering thread, which also runs the engine on the poses.
#pragma once

#include "protocol/pose_stream.h"
#include "server/server_context.h"
#include "server/transport.h"
#include "server/web_socket_session.h"

namespace matside::server {

/// Accepts the upgrade, and serves what pose_stream.h describes until either side ends it.
/// Counts as one of Limits::pose_streams.
/// @param ack_interval one frame in so many is acknowledged, at least 1
void serve_poses(ServerContext& context, Transport transport, int ack_interval,
                 protocol::FrameForm form, WebSocketSession::Upgrade request);

}  // namespace matside::server
