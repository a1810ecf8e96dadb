// A practice over a WebSocket.
#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

#include "server/house.h"
#include "server/wire.h"

namespace matside::server {

/// Accepts the request to upgrade, and serves what practice.schema.json says until either side
/// ends it.
void serve_practice(House& house, Wire wire,
                    boost::beast::http::request<boost::beast::http::empty_body> request,
                    Ticket ticket);

}  // namespace matside::server
