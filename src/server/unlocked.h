// Who has given a person's PIN: tokens for the pages that did. In memory alone; a new start
// asks anew.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "records/repository.h"

namespace matside::server {

/// For any thread.
class Unlocked {
 public:
  /// A token for the person, where the PIN fits.
  /// @returns ErrorKind::usage where it does not, or where too many did not before: five in a
  ///   minute are enough
  base::Result<std::string> unlock(const records::Person& person, const std::string& pin);
  /// Whether the person has no PIN, or the token was given for it.
  bool opens(const records::Person& person, std::string_view token);

 private:
  struct Tries {
    int wrong = 0;
    std::chrono::steady_clock::time_point since;
  };
  std::mutex mutex_;
  std::map<std::string, records::Id, std::less<>> tokens_;
  std::map<records::Id, Tries> tries_;
};

}  // namespace matside::server
