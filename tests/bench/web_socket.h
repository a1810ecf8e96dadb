// A minimal blocking WebSocket client for benchmarks; any failure ends the program.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>

namespace matside::bench {

/// Prints the reason and exits with 1.
[[noreturn]] inline void exit_with_error(const std::string& why) {
  std::cerr << why << "\n";
  std::exit(1);
}

inline const std::string kHello =
    R"({"type":"hello","level":1,"repetitions":10,"guided":false,"camera":true,"breath":"off"})";

/// Opcodes of WebSocket frames. @source RFC 6455, section 5.2
enum class Kind : std::uint8_t { text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// A received frame.
struct ReceivedFrame {
  Kind kind = Kind::text;
  std::string_view body;
  std::size_t size = 0;  ///< With its header.
};

/// The first frame in `inbox`; nothing while it is incomplete.
inline std::optional<ReceivedFrame> parse_frame(std::string_view inbox) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(inbox[i]); };
  if (inbox.size() < 2) return std::nullopt;
  std::size_t size = byte(1) & 127U;
  std::size_t head = 2;
  if (size == 126) {
    if (inbox.size() < 4) return std::nullopt;
    size = static_cast<std::size_t>(byte(2)) << 8U | byte(3);
    head = 4;
  }
  if (size == 127) exit_with_error("a message is larger than 64 kB");
  if (inbox.size() < head + size) return std::nullopt;
  return ReceivedFrame{static_cast<Kind>(byte(0) & 15U), inbox.substr(head, size), head + size};
}

/// A frame's header, with a mask of zeros.
inline std::string head_of(Kind kind, std::size_t size) {
  std::string head = {static_cast<char>(0x80 | static_cast<int>(kind))};
  const auto add = [&](std::size_t value) { head += static_cast<char>(value & 255U); };
  if (size < 126) {
    add(0x80 | size);
  } else if (size < 65536) {
    add(0x80 | 126);
    add(size >> 8U);
    add(size);
  } else {
    add(0x80 | 127);
    for (unsigned shift = 64; shift > 0; shift -= 8) add(size >> (shift - 8));
  }
  return head + std::string(4, '\0');
}

/// A connection to a server on this machine.
class WebSocket {
 public:
  /// @param subprotocol that the server must accept; empty: none
  WebSocket(std::uint16_t port, const std::string& target,
            const std::string& subprotocol = "") {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      exit_with_error("can't connect: " + std::string(std::strerror(errno)));
    }
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::string host = "127.0.0.1:" + std::to_string(port);
    // The cookie for which server_benchmark.py exchanged the printed address.
    const char* cookie = std::getenv("MATSIDE_COOKIE");  // NOLINT(concurrency-mt-unsafe)
    if (cookie == nullptr) exit_with_error("MATSIDE_COOKIE is not set");
    send_bytes("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
               "\r\nCookie: " + cookie +
               "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
               (subprotocol.empty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n") +
               "\r\n");
    while (inbox_.find("\r\n\r\n") == std::string::npos) receive();
    if (!inbox_.starts_with("HTTP/1.1 101"))
      exit_with_error("refused: " + inbox_.substr(0, 100));
    const std::size_t end = inbox_.find("\r\n\r\n");
    if (!subprotocol.empty() && inbox_.find(subprotocol) > end)
      exit_with_error("the server doesn't know " + subprotocol);
    inbox_.erase(0, end + 4);
  }

  [[nodiscard]] int descriptor() const { return socket_; }

  void send(Kind kind, std::string_view body) {
    send_bytes(head_of(kind, body.size()) + std::string(body));
  }

  /// The next message; answers pings.
  std::string next() {
    while (true) {
      const auto received = parse_frame(inbox_);
      if (!received) {
        receive();
        continue;
      }
      const Kind kind = received->kind;
      std::string body(received->body);
      inbox_.erase(0, received->size);
      if (kind == Kind::close) exit_with_error("the server closed the session");
      if (kind == Kind::ping) {
        send(Kind::pong, "");
      } else if (kind != Kind::pong) {
        return body;
      }
    }
  }

  /// The next message that contains this text.
  std::string next_containing(std::string_view words) {
    while (true) {
      std::string message = next();
      if (message.find("\"failure\"") != std::string::npos)
        exit_with_error("refused: " + message);
      if (message.find(words) != std::string::npos) return message;
    }
  }

 private:
  void send_bytes(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) exit_with_error("can't send: " + std::string(std::strerror(errno)));
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  void receive() {
    std::array<char, 16384> piece{};
    const ssize_t got = ::recv(socket_, piece.data(), piece.size(), 0);
    if (got <= 0) exit_with_error("the server closed the connection");
    inbox_.append(piece.data(), static_cast<std::size_t>(got));
  }

  int socket_ = -1;
  std::string inbox_;
};

}  // namespace matside::bench
