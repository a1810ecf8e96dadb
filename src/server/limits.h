// How much clients may send or take, with its unit. protocol/limits.h has the limits inside a
// message.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace matside::server {

/// What all clients together, or one connection, may use. Set once, before the server starts.
struct Limits {
  /// Open at once from paired devices or the owner's browsers, without pose streams.
  std::size_t connections = 32;
  std::size_t strangers = 32;             ///< Open at once from anybody else.
  int pose_streams = 0;                   ///< Open at once; 0 turns /poses off.
  std::size_t head_bytes = 8 * 1024;      ///< Head of an HTTP request.
  std::size_t text_bytes = 4 * 1024;      ///< One text message on a WebSocket.
  std::size_t frame_bytes = 1024 * 1024;  ///< One binary message: a frame with its picture.
  int messages_per_second = 120;          ///< On one WebSocket.
  std::size_t unsent_messages = 64;       ///< Queued for a page that does not read.
  std::uint64_t recording_bytes = 4ULL << 30;
  std::size_t request_bytes = 64 * 1024;  ///< Body of a request for records.
  /// Body of a request to import. One is in memory at a time. With protocol::kMaxImportValues
  /// and everything else, the server stays under 300 MB.
  std::size_t import_bytes = 32 * 1024 * 1024;
  /// For a whole request, the next part of an upload, one write, or a closing handshake.
  std::chrono::milliseconds request{10'000};
  std::chrono::milliseconds hello{10'000};  ///< From the WebSocket's opening to its hello.
  /// Without any sign of life; a page that leaves pings unanswered this long is disconnected.
  std::chrono::milliseconds silence{20'000};
};

}  // namespace matside::server
