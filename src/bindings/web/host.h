// What the module asks of the Worker it runs in. web/src/engine gives these functions.
//
// Pointers are places in the module's memory, valid during the call only. Texts are UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>

#define MATSIDE_HOST(name) __attribute__((import_module("matside"), import_name(name)))

namespace matside::web {

extern "C" {

/// A message of the practice to the page.
MATSIDE_HOST("send") void matside_host_send(const char* text, std::size_t bytes);
/// The practice is over; nothing more is sent.
MATSIDE_HOST("close") void matside_host_close();
/// The response to the request that is being handled.
/// @param status as of HTTP
/// @param file_name to save the body under; empty for data that the page reads itself
MATSIDE_HOST("respond")
void matside_host_respond(unsigned status, const char* type, std::size_t type_bytes,
                          const char* body, std::size_t body_bytes, const char* file_name,
                          std::size_t file_name_bytes);
/// A part of an analysis's line (protocol/analysis_protocol.h), in order.
MATSIDE_HOST("analysis") void matside_host_analysis(const char* text, std::size_t bytes);
/// Milliseconds since 1970, UTC.
MATSIDE_HOST("now_ms") double matside_host_now_ms();
/// Local time ahead of UTC, in minutes.
MATSIDE_HOST("utc_offset_min") int matside_host_utc_offset_min();
}

}  // namespace matside::web
