// A pose stream over a WebSocket.
#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

#include "server/house.h"
#include "server/wire.h"

namespace matside::server {

/// Accepts the request to upgrade, and serves what pose_stream.h says until either side ends
/// it.
void serve_poses(House& house, Wire wire, int answered_every,
                 boost::beast::http::request<boost::beast::http::empty_body> request);

}  // namespace matside::server
