// One HTTP connection: the page's files, pairing, and the way to everything else.
//
// Belongs to the answering thread.
#pragma once

#include "server/server_context.h"
#include "server/transport.h"

namespace matside::server {

/// Serves requests on `transport` until either side closes it, or a request hands it to a
/// practice, a pose stream, an analysis or the records. Takes a connection slot. A request that
/// is refused gets an HTTP error status, and the connection ends.
void serve_http(ServerContext& context, Transport transport);

}  // namespace matside::server
