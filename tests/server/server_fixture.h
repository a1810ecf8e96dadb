// A server to test, and clients for it.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>

#include "server/server.h"

namespace matside::server {

/// A hello for an unguided practice with a camera.
inline const std::string kHello =
    R"({"type":"hello","level":1,"repetitions":10,"guided":false,"camera":true,"breath":"off"})";
inline const std::string kStop = R"({"type":"stop"})";

std::string grey_jpeg(int width_px, int height_px);

/// A frame as a binary message.
std::string frame(std::uint32_t index, double time_s, const std::string& jpeg);

/// The key of the servers that ServerTest starts.
LoopbackKey test_key();
/// The cookie of test_key() for a server at this port: "matside-PORT=...".
std::string test_cookie(std::uint16_t port);
/// Exchanges the address that `matside serve` printed for its cookie, as a browser does.
std::string cookie_for(const std::string& address);
/// The port in such an address.
std::uint16_t port_in(const std::string& address);

/// A connection that sends exactly the given bytes.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  void send(const std::string& bytes);
  /// Everything received until the server closes the connection.
  std::string read_to_end();
  /// Everything received up to `wanted` and what came with it.
  std::string read_until(const std::string& wanted);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The page's end of a WebSocket.
class PageClient {
 public:
  struct Options {
    std::optional<std::string> origin =
        std::nullopt;  ///< Instead of the server's own; empty: no header.
    std::string target = "/practice";
    std::optional<std::string> cookie =
        std::nullopt;               ///< Instead of test_cookie(); empty: no header.
    bool reads_slowly = false;      ///< With a small receive buffer.
    std::string subprotocols = {};  ///< Offered; empty: none.
  };
  explicit PageClient(std::uint16_t port) : PageClient(port, Options()) {}
  PageClient(std::uint16_t port, const Options& options);
  ~PageClient();

  [[nodiscard]] bool open() const;
  /// Whether the server responded, and refused.
  [[nodiscard]] bool refused() const;
  /// The subprotocol that the server accepted; empty: none.
  [[nodiscard]] std::string subprotocol() const;

  void send(const std::string& text);
  void send_frame(const std::string& bytes);
  /// The next message, or the number in a binary one; null when the server has ended the
  /// connection.
  nlohmann::json next();
  /// The next message of this type, skipping others.
  nlohmann::json next(const std::string& type);
  /// The id of the failure with which the server ended the connection; "none" without one.
  std::string failure();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A practice that has said hello and is ready for frames.
std::unique_ptr<PageClient> start_practice(std::uint16_t port);

/// Whether the server processes the practice's next frame.
bool answers_frames(PageClient& practice, std::uint32_t index = 0);

class ServerTest : public ::testing::Test {
 protected:
  ~ServerTest() override { stop(); }

  static server::Setup setup();
  void start(const Limits& limits = {});
  void start(server::Setup wanted);
  void stop();

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port()); }
  /// The value of the field Host, and the field Cookie of the owner's browser.
  [[nodiscard]] std::string host_and_cookie() const {
    return host() + "\r\nCookie: " + test_cookie(port());
  }

  /// Sends this text. @returns everything received until the server closes the connection
  std::string raw(const std::string& request);
  std::string get(const std::string& target);

  std::unique_ptr<Server> server_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace matside::server
