// A recording comes in, progress and its analysis go out.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <memory>

#include "server/house.h"
#include "server/wire.h"

namespace matside::server {

using RequestParser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

/// Why a recording can't be taken now, in words; empty where it can.
std::string why_no_recording(const House& house);

/// Takes the body of the request, of which `parser` has read the head and `buffer` holds what
/// came behind it, and answers as recording.h says.
void serve_analysis(House& house, Wire wire, std::unique_ptr<RequestParser> parser,
                    boost::beast::flat_buffer buffer, int level, Ticket ticket);

}  // namespace matside::server
