// A request for records: its body comes in, what is kept goes out.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <memory>

#include "server/analysis_connection.h"
#include "server/house.h"
#include "server/wire.h"

namespace matside::server {

/// Takes the body of the request, of which `parser` has read the head and `buffer` holds what
/// came behind it, and answers as records.schema.json says.
void serve_records(House& house, Wire wire, std::unique_ptr<RequestParser> parser,
                   boost::beast::flat_buffer buffer, Ticket ticket);

}  // namespace matside::server
