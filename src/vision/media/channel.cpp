#include "vision/media/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace matside::media {
namespace {

struct MessageHead {
  std::uint32_t kind;
  std::uint32_t size;
};

constexpr std::size_t kReceivedAtOnce_bytes = std::size_t{64} << 10;

}  // namespace

Channel::~Channel() { ::close(socket_); }

bool Channel::send_all(std::span<const std::uint8_t> bytes, WhenFull when_full) {
  const int flags = MSG_NOSIGNAL | (when_full == WhenFull::fail ? MSG_DONTWAIT : 0);
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), flags);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

bool Channel::send(std::uint32_t kind, std::span<const std::uint8_t> content,
                   WhenFull when_full) {
  if (content.size() > kMaxMessage_bytes) return false;
  const MessageHead head{kind, static_cast<std::uint32_t>(content.size())};
  std::vector<std::uint8_t> bytes(sizeof head + content.size());
  std::memcpy(bytes.data(), &head, sizeof head);
  if (!content.empty()) {
    std::memcpy(bytes.data() + sizeof head, content.data(), content.size());
  }
  return send_all(bytes, when_full);
}

Channel::Outcome Channel::take(Message& message) {
  const std::span<const std::uint8_t> rest = std::span(received_).subspan(taken_);
  MessageHead head{};
  if (rest.size() < sizeof head) return Outcome::none;
  std::memcpy(&head, rest.data(), sizeof head);
  if (head.size > kMaxMessage_bytes) return Outcome::closed;
  if (rest.size() < sizeof head + head.size) return Outcome::none;
  const auto content = rest.subspan(sizeof head, head.size);
  message.kind = head.kind;
  message.bytes.assign(content.begin(), content.end());
  taken_ += sizeof head + head.size;
  if (taken_ == received_.size()) {
    received_.clear();
    taken_ = 0;
  }
  return Outcome::message;
}

Channel::Outcome Channel::receive(Message& message,
                                  std::optional<std::chrono::milliseconds> patience) {
  const auto begun = std::chrono::steady_clock::now();
  while (true) {
    if (const Outcome taken = take(message); taken != Outcome::none) return taken;
    int wait_ms = -1;
    if (patience) {
      const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(
          std::chrono::steady_clock::now() - begun);
      wait_ms = static_cast<int>(std::max<std::int64_t>((*patience - waited).count(), 0));
    }
    pollfd ready{socket_, POLLIN, 0};
    const int events = ::poll(&ready, 1, wait_ms);
    if (events < 0 && errno != EINTR) return Outcome::closed;
    if (events <= 0) {
      if (patience) return Outcome::none;
      continue;
    }
    received_.erase(received_.begin(), received_.begin() + static_cast<std::ptrdiff_t>(taken_));
    taken_ = 0;
    const std::size_t held = received_.size();
    received_.resize(held + kReceivedAtOnce_bytes);
    const ssize_t count =
        ::recv(socket_, received_.data() + held, kReceivedAtOnce_bytes, MSG_DONTWAIT);
    received_.resize(held + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count == 0) return Outcome::closed;
    if (count < 0 && errno != EAGAIN && errno != EINTR) return Outcome::closed;
  }
}

}  // namespace matside::media
