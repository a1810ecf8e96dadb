// The page and the practice in it, for browsers on this computer; over TLS also for other
// devices that were paired.
//
//   auto server = server::Server::create(std::move(setup));
//   say(server.value()->url());
//   server.value()->run(stop);  // until the flag is set
//
// One thread answers, the one that runs; a second one looks at pictures.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "server/certificate.h"
#include "server/look.h"
#include "server/page.h"
#include "server/recording.h"
#include "server/records_api.h"

namespace matside::server {

/// What anybody who connects may take.
struct Limits {
  int connections = 32;
  int pose_streams = 0;
  std::size_t head_bytes = 8 * 1024;  ///< Of a request.
  std::size_t text_bytes = 4 * 1024;  ///< Of a message.
  std::size_t frame_bytes = 1024 * 1024;
  int messages_per_second = 120;
  std::size_t unsent_messages = 64;  ///< To a page that does not read.
  std::uint64_t recording_bytes = 4ULL << 30;
  std::size_t request_bytes = 64 * 1024;         ///< Of a request for records.
  std::size_t import_bytes = 256 * 1024 * 1024;  ///< Of a file to import.
  /// Until a request is whole, or the next quarter of a megabyte of a recording.
  std::chrono::milliseconds request{10'000};
  std::chrono::milliseconds hello{10'000};    ///< From the WebSocket's opening to its hello.
  std::chrono::milliseconds silence{20'000};  ///< A page that does not answer a ping is gone.
};

struct Setup {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8787;  ///< 0: any that is free.
  Page page;
  exercise::Definition exercise;
  /// For each practice. Called on the thread that looks at pictures.
  std::function<base::Result<Look>()> begin_looking;
  /// For HTTPS. Needed where `address` is not loopback.
  std::optional<Certificate> certificate;
  /// Shows a code that pairs another device. Called by the thread that answers.
  std::function<void(const std::string& code)> show_code;
  Analyse analyse;
  std::filesystem::path recordings;  ///< A folder for what has no name in it.
  RecordsSetup records;
  Limits limits;
};

class Server {
 public:
  /// @returns ErrorKind::usage when nothing may be served at this address: it is none, or other
  ///   computers could reach it and there is no TLS.
  static base::Result<void> may_serve_at(const std::string& address, bool tls);
  /// Takes the port. @returns ErrorKind::usage when nothing may be served at the address, it is
  ///   none of this computer's own, or the port is taken or may not be used.
  static base::Result<std::unique_ptr<Server>> create(Setup setup);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// Where a browser finds the page.
  [[nodiscard]] std::string url() const;
  /// Of the certificate; empty without TLS.
  [[nodiscard]] std::string fingerprint() const;
  /// Serves until `stop` is set, looking at it ten times a second; once.
  void run(const std::atomic<bool>& stop);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace matside::server
