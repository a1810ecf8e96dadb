// A practice over a WebSocket, as practice.schema.json describes it.
//
// Belongs to the answering thread. It runs the practice itself on the vision thread, one frame
// or message after another; a frame that arrives meanwhile replaces the one that waits.
#pragma once

#include "server/server_context.h"
#include "server/transport.h"
#include "server/web_socket_session.h"

namespace matside::server {

/// Accepts the upgrade, and serves the practice until either side ends it. `slot` is given back
/// then. Every failure becomes a failure message and a closed connection.
void serve_practice(ServerContext& context, Transport transport,
                    WebSocketSession::Upgrade request, ConnectionSlot slot);

}  // namespace matside::server
