// What all connections share.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "server/pairing.h"
#include "server/records_api.h"
#include "server/server.h"
#include "server/unlocked.h"
#include "server/who_asks.h"

namespace matside::server {

/// Outlives the connections. Belongs to the thread that answers.
struct House {
  explicit House(Setup with) : setup(std::move(with)) {}

  Setup setup;
  WhoAsks who;
  std::optional<boost::asio::ssl::context> tls;
  std::optional<Pairing> pairing;            ///< Where other computers may ask.
  int connections = 0;                       ///< Without pose streams.
  int pose_streams = 0;                      ///< At most limits.pose_streams.
  bool practising = false;                   ///< One at a time: there is one mat.
  bool receiving = false;                    ///< A recording, one at a time.
  bool analysing = false;                    ///< Likewise, and not while somebody practises.
  std::atomic<bool> stop_analysing = false;  ///< The one under way.
  Unlocked unlocked;
  std::unique_ptr<RecordsApi> records;  ///< Null where none are kept. Used in `filing` alone.
  // Connections end with these, so they come last.
  boost::asio::io_context io{1};
  boost::asio::thread_pool vision{1};
  boost::asio::thread_pool filing{1};
};

/// A place among the connections, given back when the last copy goes.
using Ticket = std::shared_ptr<void>;

inline Ticket take_ticket(House& house) {
  ++house.connections;
  return {&house, [](House* h) { --h->connections; }};
}

}  // namespace matside::server
