// Tokens that pages get for a person's PIN. They live in memory only: after a restart the PIN
// is asked for again.
//
// Any thread: the records thread issues and checks tokens, the vision thread checks them.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "records/repository.h"

namespace matside::server {

/// Exchanges a PIN for a token, and slows guessing down.
class PinTokens {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr int kMaxWrongPins = 5;  ///< For one person, within kLockoutTime.
  static constexpr std::chrono::minutes kLockoutTime{1};
  /// All tokens become invalid when one more would be issued.
  static constexpr std::size_t kMaxTokens = 1000;

  /// A new token for the person, 64 hexadecimal digits. Takes a tenth of a second.
  /// @returns ErrorKind::usage for a wrong PIN, and for any PIN once kMaxWrongPins wrong ones
  ///   came within kLockoutTime
  base::Result<std::string> issue(const records::Person& person, const std::string& pin,
                                  Time now);
  /// Whether the person has no PIN, or the token was issued for this person.
  bool authorizes(const records::Person& person, std::string_view token);

 private:
  struct Attempts {
    int wrong = 0;
    Time since;
  };
  std::mutex mutex_;
  std::map<std::string, records::Id, std::less<>> tokens_;
  std::map<records::Id, Attempts> attempts_;
};

}  // namespace matside::server
