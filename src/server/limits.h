// Every limit of what a client may send or take, with its unit. The two schemas beside this
// file state the same numbers; a unit test compares them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "records/repository.h"

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
  /// Body of a request to import. One is in memory at a time. With kMaxImportValues and
  /// everything else, the server stays under 300 MB.
  std::size_t import_bytes = 32 * 1024 * 1024;
  /// For a whole request, the next part of an upload, one write, or a closing handshake.
  std::chrono::milliseconds request{10'000};
  std::chrono::milliseconds hello{10'000};  ///< From the WebSocket's opening to its hello.
  /// Without any sign of life; a page that leaves pings unanswered this long is disconnected.
  std::chrono::milliseconds silence{20'000};
};

// Largest values inside a message.
inline constexpr int kMaxGoal = 20;               ///< Repetitions a side, asked for.
inline constexpr int kMaxCarried = 1000;          ///< Repetitions or kicks counted before.
inline constexpr int kMaxSelfReported = 100;      ///< Repetitions a side, without a camera.
inline constexpr int kMaxCorrected = 1000;        ///< Repetitions a side, as corrected.
inline constexpr int kMaxRepetitionIndex = 1000;  ///< Number of a repetition, from 1.
using records::kMaxComfort;
inline constexpr std::size_t kMaxToken_bytes = 200;
inline constexpr std::size_t kMaxPhraseId_bytes = 64;
inline constexpr std::size_t kMaxSentence_bytes = 300;
/// Values in an import: a practice has about a thousand. In memory, a value of two bytes, such
/// as "0,", takes up to 150.
inline constexpr std::size_t kMaxImportValues = 1'000'000;
using records::kMaxSettings_bytes;
/// Of a recording that can be kept as a practice: half an hour at 30 frames a second. Making
/// the practice takes about two kilobytes for each.
inline constexpr std::size_t kMaxKeptFrames = 54'000;
inline constexpr int kMaxUtcOffset_min = 14 * 60;  ///< Of local time, either way.

}  // namespace matside::server
