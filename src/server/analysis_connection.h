// The upload of a recording, and the response with progress and analysis.
//
// Belongs to the answering thread. The analysis runs on the vision thread.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <memory>
#include <string>

#include "server/server_context.h"
#include "server/transport.h"

namespace matside::server {

/// Reads a request whose body arrives in parts.
using RequestParser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

/// Why no recording can be taken now, for the person; empty when one can.
std::string recording_refusal(const ServerContext& context);

/// Receives the request's body into a temporary file, has it analysed, and responds as
/// analysis_protocol.h describes. `parser` has read the head; `buffer` holds what arrived
/// behind it. Refuses with status 409 while a practice runs, 413 for a recording over the
/// limit, 507 when the file can't be written. Stops the analysis when the page goes away.
void serve_analysis(ServerContext& context, Transport transport,
                    std::unique_ptr<RequestParser> parser, boost::beast::flat_buffer buffer,
                    protocol::AnalysisQuery as, ConnectionSlot slot);

}  // namespace matside::server
