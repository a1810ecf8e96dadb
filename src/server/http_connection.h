// Plain requests: the page's files, and the way to a practice or an analysis.
#pragma once

#include "server/house.h"
#include "server/wire.h"

namespace matside::server {

/// Answers on `wire` until it is closed, becomes a practice's WebSocket or brings a recording.
void serve_http(House& house, Wire wire);

}  // namespace matside::server
