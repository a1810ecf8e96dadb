// What the connections of one server share.
//
// Three threads work for a server. The answering thread runs `io`: every connection, and all of
// ServerContext that is not named below. The vision thread (`vision_pool`) finds poses in
// pictures, runs live practices with their recorders, saves audio-only practices and analyses
// recordings. The records thread (`records_pool`) handles /api requests. They hand each other
// work with asio::post. `pin_tokens`, `last_recording` and `stop_analysing` may be used by any
// thread; `setup` is never changed.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "protocol/records_api.h"
#include "server/activity.h"
#include "server/connection_slots.h"
#include "server/locked_state.h"
#include "server/loopback_key.h"
#include "server/origin_check.h"
#include "server/pairing.h"
#include "server/server.h"

namespace matside::server {

/// Outlives the connections: `io` and the pools, declared last, end them first.
struct ServerContext {
  explicit ServerContext(Setup with) : setup(std::move(with)), slots(setup.limits) {}

  const Setup setup;
  OriginCheck origin_check;
  std::optional<boost::asio::ssl::context> tls;  ///< Present where connections are encrypted.
  std::optional<Pairing> pairing;  ///< Present where other devices can reach the server.
  /// Present where only this computer can reach the server. Without either of the two, nobody
  /// gets in.
  std::optional<LoopbackKey> key;
  std::uint16_t port = 0;  ///< The one that the server listens at.
  ConnectionSlots slots;   ///< Of all connections but pose streams.
  int pose_streams = 0;    ///< Open now.
  Activity activity;
  std::atomic<bool> stop_analysing = false;  ///< Ends the analysis that is running.
  LockedPinTokens pin_tokens;
  LockedLastRecording last_recording;
  std::unique_ptr<protocol::RecordsApi>
      records;  ///< Null without records. Used by the records thread.
  boost::asio::io_context io{1};
  boost::asio::thread_pool vision_pool{1};
  boost::asio::thread_pool records_pool{1};
};

}  // namespace matside::server
