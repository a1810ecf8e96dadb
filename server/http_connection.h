// Plain requests: the page's files, and the way to a practice.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "server/house.h"

namespace matside::server {

/// Answers on `socket` until it is closed or becomes a practice's WebSocket.
void serve_http(House& house, boost::asio::ip::tcp::socket socket);

}  // namespace matside::server
