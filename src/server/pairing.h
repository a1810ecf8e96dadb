// Which other devices may use the server: those on which the code from the terminal was
// entered.
//
// Belongs to the answering thread. Time is passed in.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matside::server {

/// Issues codes, checks them, and remembers paired devices until the server ends.
class Pairing {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::minutes kCodeLifetime{10};
  static constexpr std::chrono::minutes kLockoutTime{1};  ///< After kMaxWrongTries.
  static constexpr int kMaxWrongTries = 5;                ///< In a row.
  static constexpr std::size_t kMaxDevices = 16;

  /// @param announce shows a new code to the person: "1234 5678"
  explicit Pairing(std::function<void(const std::string& code)> announce)
      : announce_(std::move(announce)) {}

  /// Makes sure there is a valid code, and announces it if it is new. Without random numbers
  /// from the system there is none.
  void issue_code(Time now);

  /// What try_code() found.
  enum class Result : std::uint8_t { paired, wrong, expired, locked };
  /// Compares `typed` with the code, without spaces, dashes and plus signs. A code pairs one
  /// device.
  /// @returns paired for the code; wrong for another one; expired when there is no valid code;
  ///   locked for any code within kLockoutTime of the last of kMaxWrongTries wrong ones
  Result try_code(std::string_view typed, Time now);

  /// A secret for the device just paired: 256 random bits as 64 hexadecimal digits. Beyond
  /// kMaxDevices the oldest device is unpaired. Empty when the system gives no random numbers.
  /// @param name  for the person: "Chrome on Android"
  std::string register_device(std::string name);
  /// The number of the device for which register_device() returned this secret; nothing for any
  /// other. Takes the same time for any secret.
  [[nodiscard]] std::optional<int> device(std::string_view secret) const;

  /// A paired device.
  struct Device {
    int number;  ///< From 1, never used twice.
    std::string name;
  };
  /// The paired devices, the oldest first.
  [[nodiscard]] std::vector<Device> devices() const;
  /// Forgets the device. @returns false for an unknown number
  bool unpair(int number);

 private:
  struct Registered {
    Device device;
    std::string secret;
  };
  [[nodiscard]] bool is_code_valid(Time now) const {
    return !code_.empty() && now < code_ends_;
  }

  std::function<void(const std::string& code)> announce_;
  std::string code_;  ///< Empty: none.
  Time code_ends_;
  int wrong_ = 0;  ///< In a row, the last at `last_wrong_`.
  Time last_wrong_;
  int last_number_ = 0;
  std::deque<Registered> registered_;
};

}  // namespace matside::server
