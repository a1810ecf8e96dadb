// Serves the page and the practice to browsers on this computer and, over TLS, to paired
// devices.
//
//   auto server = server::Server::create(std::move(setup));
//   print(server.value()->url());
//   server.value()->run(stop);  // until the flag is set
//
// run() is the answering thread. A vision thread and a records thread work for it
// (server_context.h). All other members are for one thread at a time.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "practice/pose_estimator.h"
#include "protocol/records_api.h"
#include "records/exercises.h"
#include "server/analyser.h"
#include "server/certificate.h"
#include "server/limits.h"
#include "server/loopback_key.h"
#include "server/page_files.h"

namespace matside::server {

/// The parts and settings of a server. They do not change while it runs.
struct Setup {
  std::string address = "127.0.0.1";  ///< To listen at: an IP address or "localhost".
  std::uint16_t port = 8787;          ///< 0: any free port.
  Page page;
  exercise::Definition exercise;  ///< The one that is meant where none is named.
  /// Every exercise, for records and recordings; empty: only `exercise`.
  std::vector<exercise::Definition> installed;
  /// Creates the pose estimator of one practice. Called on the vision thread.
  std::function<base::Result<practice::PoseEstimator>()> pose_estimator_factory;
  /// What browsers need where `address` is loopback; unset: a new one.
  std::optional<LoopbackKey> key;
  /// For TLS. Required where `address` is not loopback.
  std::optional<Certificate> certificate;
  /// Shows the code that pairs another device. Called on the answering thread.
  std::function<void(const std::string& code)> show_code;
  /// Analyses an uploaded recording; empty: the server refuses recordings. Vision thread.
  Analyser analyse;
  std::filesystem::path recordings;  ///< Folder for temporary files.
  protocol::RecordsSetup records;
  Limits limits;

  /// Refers to `installed` or to `exercise`.
  [[nodiscard]] records::Exercises exercises() const {
    if (installed.empty()) return exercise;
    return records::Exercises(std::span<const exercise::Definition>(installed));
  }
};

/// Listens from its creation to its destruction.
class Server {
 public:
  /// Whether a server may listen at this address.
  /// @returns ErrorKind::usage when it is not an address, or other computers could reach it and
  ///   there is no TLS
  static base::Result<void> check_address(const std::string& address, bool tls);
  /// Takes the port and opens the records.
  /// @returns ErrorKind::usage when check_address fails, this computer does not have the
  ///   address, the port is in use or not permitted, or the certificate can't be used;
  ///   ErrorKind::output without random numbers from the system; otherwise what
  ///   RecordsSetup::open returns
  static base::Result<std::unique_ptr<Server>> create(Setup setup);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// The page's address, for a browser. On loopback it has the key, which only the owner may
  /// see.
  [[nodiscard]] std::string url() const;
  /// SHA-256 of the certificate, "AB:CD:..."; empty without TLS.
  [[nodiscard]] std::string fingerprint() const;
  /// Serves until `stop` is true, which it checks ten times a second. Call it once.
  void run(const std::atomic<bool>& stop);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace matside::server
