// Which other devices may use the server: those whose person has typed the code that stands in
// the terminal. Time is given, never asked for. Belongs to the thread that answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace matside::server {

class Pairing {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::minutes kCodeHolds{10};
  static constexpr std::chrono::minutes kLockHolds{1};
  static constexpr int kMostWrong = 5;
  static constexpr std::size_t kMostDevices = 16;

  /// @param announce shows a new code to the person, grouped for reading
  explicit Pairing(std::function<void(const std::string& code)> announce)
      : announce_(std::move(announce)) {}

  /// Somebody wants to pair: there is a code from now on.
  void invite(Time now);

  enum class Answer : std::uint8_t { paired, wrong, expired, locked };
  /// Whether `typed` is the code; spaces and dashes do not matter. A code pairs one device.
  /// Five wrong ones, and none is looked at for a minute.
  Answer try_code(std::string_view typed, Time now);

  /// A secret for the device just paired, 256 random bits as 64 hexadecimal digits. The one
  /// paired longest ago is forgotten when there are too many. Empty when the system gives no
  /// random numbers.
  std::string admit();
  [[nodiscard]] bool admitted(std::string_view secret) const;

 private:
  [[nodiscard]] bool holds(Time now) const { return !code_.empty() && now < code_ends_; }

  std::function<void(const std::string& code)> announce_;
  std::string code_;  ///< Empty: none.
  Time code_ends_;
  int wrong_ = 0;  ///< In a row, the last at `last_wrong_`.
  Time last_wrong_;
  std::deque<std::string> devices_;
};

}  // namespace matside::server
