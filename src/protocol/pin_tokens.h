// Tokens that pages get for a person's PIN. They live in memory only: after a restart the PIN
// is asked for again.
//
// One thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.h"
#include "records/repository.h"

namespace matside::protocol {

/// The owner's browsers on the computer itself; paired devices have numbers from 1.
inline constexpr int kThisComputer = 0;

/// Exchanges a PIN for a token, and slows guessing down.
class PinTokens {
 public:
  PinTokens() = default;
  PinTokens(const PinTokens&) = delete;
  PinTokens& operator=(const PinTokens&) = delete;
  virtual ~PinTokens() = default;

  using Time = std::chrono::steady_clock::time_point;
  /// For one person on one device, before there is a delay. Each further wrong PIN doubles it.
  static constexpr int kFreeWrongPins = 5;
  static constexpr std::chrono::minutes kFirstDelay{1};
  static constexpr std::chrono::minutes kLongestDelay{24 * 60};
  /// All tokens become invalid when one more would be issued.
  static constexpr std::size_t kMaxTokens = 1000;

  /// A new token for the person, 64 hexadecimal digits. Takes a tenth of a second.
  /// @param device  that asks; wrong PINs on one device delay no other device
  /// @returns ErrorKind::usage for a wrong PIN, and for any PIN while there is a delay
  virtual base::Result<std::string> issue(const records::Person& person, const std::string& pin,
                                          int device, Time now);
  /// Whether the person has no PIN, or the token was issued for this person's present PIN.
  virtual bool authorizes(const records::Person& person, std::string_view token);

 private:
  // The hash of a PIN has a random salt, so that it stands for one setting of the PIN.
  struct Token {
    records::Id person;
    std::string pin_hash;
  };
  struct Attempts {
    std::string pin_hash;
    int wrong = 0;
    Time free_at;  ///< The end of the delay.
  };
  std::map<std::string, Token, std::less<>> tokens_;
  std::map<std::pair<records::Id, int>, Attempts> attempts_;  ///< By person and device.
};

}  // namespace matside::protocol
