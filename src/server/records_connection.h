// A request for records: receives its body, has the records thread handle it, and responds.
//
// Belongs to the answering thread.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <memory>

#include "server/analysis_connection.h"
#include "server/server_context.h"
#include "server/transport.h"

namespace matside::server {

/// Responds as records.schema.json describes. `parser` has read the head; `buffer` holds what
/// arrived behind it. Refuses with status 413 a body over the limit. Ends the connection.
void serve_records(ServerContext& context, Transport transport,
                   std::unique_ptr<RequestParser> parser, boost::beast::flat_buffer buffer,
                   int device, ConnectionSlot slot);

}  // namespace matside::server
