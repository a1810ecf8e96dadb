// A server to test, and a page's end of its connections.
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

/// Of a practice that is only watched and counted.
inline const std::string kHello =
    R"({"type":"hello","level":1,"repetitions":10,"guided":false,"camera":true,"breath":"off"})";
inline const std::string kStop = R"({"type":"stop"})";

std::string grey_jpeg(int width_px, int height_px);

/// A picture's message.
std::string frame(std::uint32_t index, double time_s, const std::string& jpeg);

/// A connection that says just what it is told to.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  void send(const std::string& bytes);
  /// All that comes until the server closes or has no more of it within a long time.
  std::string read_to_end();
  /// All that comes until `wanted` is in it.
  std::string read_until(const std::string& wanted);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A page's end of a practice.
class PageClient {
 public:
  struct Options {
    std::optional<std::string> origin =
        std::nullopt;  ///< Instead of the server's own; empty: none.
    std::string target = "/practice";
    bool reads_slowly = false;  ///< With little room for what was not read yet.
  };
  explicit PageClient(std::uint16_t port) : PageClient(port, Options()) {}
  PageClient(std::uint16_t port, const Options& options);
  ~PageClient();

  [[nodiscard]] bool open() const;
  /// Whether the server answered, and that with no.
  [[nodiscard]] bool refused() const;

  void send(const std::string& text);
  void send_frame(const std::string& bytes);
  /// The next message, or the number in a binary one; null when the server has ended the
  /// connection.
  nlohmann::json next();
  /// The next message of this type, those before it left out.
  nlohmann::json next(const std::string& type);
  /// Why the server ended it, and that it did.
  std::string failure();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Says hello. @returns once pictures may be sent.
std::unique_ptr<PageClient> start_practice(std::uint16_t port);

/// Whether the practice answers its next picture.
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

  /// Sends this text as it is. @returns all that comes back until the server closes.
  std::string raw(const std::string& request);
  std::string get(const std::string& target);

  std::unique_ptr<Server> server_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace matside::server
