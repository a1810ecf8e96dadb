// Messages between a program and its decoder process, over a stream socket.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace matside::media {

/// The largest message. An audio packet that is larger is skipped.
inline constexpr std::size_t kMaxMessage_bytes = std::size_t{16} << 20;

/// A message: its kind, one of MessageKind in decoder_protocol.h, and its content.
struct Message {
  std::uint32_t kind = 0;
  std::vector<std::uint8_t> bytes;

  /// The content as a T; nothing if the size differs. `T` has numbers only, since the other
  /// process may send any bytes.
  template <class T>
  [[nodiscard]] std::optional<T> as() const {
    static_assert(std::is_trivially_copyable_v<T>);
    if (bytes.size() != sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
};

/// One end of the socket. Nothing that the other end sends is trusted: sizes are limited, and
/// the contents are for the caller to check. One thread at a time.
class Channel {
 public:
  /// Takes over a connected stream socket.
  explicit Channel(int socket) : socket_(socket) {}
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel();

  /// What sending does when the other end doesn't read.
  enum class WhenFull { wait, fail };
  /// Sends a message. @returns false when the other end is gone or, with WhenFull::fail, slow.
  bool send(std::uint32_t kind, std::span<const std::uint8_t> content, WhenFull when_full);
  /// Sends a plain structure of numbers.
  template <class T>
  bool send_struct(std::uint32_t kind, const T& content, WhenFull when_full) {
    static_assert(std::is_trivially_copyable_v<T>);
    return send(kind, {reinterpret_cast<const std::uint8_t*>(&content), sizeof content},
                when_full);
  }

  /// What receive() found. `closed`: the other end is gone, or sent no message.
  enum class Outcome { message, none, closed };
  /// Receives the next message, in order, waiting at most that long; without a limit if there
  /// is none.
  Outcome receive(Message& message, std::optional<std::chrono::milliseconds> patience);

 private:
  bool send_all(std::span<const std::uint8_t> bytes, WhenFull when_full);
  Outcome take(Message& message);

  int socket_;
  std::vector<std::uint8_t> received_;
  std::size_t taken_ = 0;  ///< Bytes of received_ that were returned as messages.
};

}  // namespace matside::media
