#include "server/unlocked.h"

#include "records/persons.h"

namespace matside::server {
namespace {

constexpr int kMostWrong = 5;
constexpr std::chrono::minutes kWait(1);
constexpr std::size_t kMostTokens = 1000;

}  // namespace

base::Result<std::string> Unlocked::unlock(const records::Person& person,
                                           const std::string& pin) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    Tries& tries = tries_[person.id];
    if (now - tries.since >= kWait) tries = {0, now};
    if (tries.wrong >= kMostWrong) {
      return base::Error{base::ErrorKind::usage,
                         "Too many wrong PINs. Wait a minute, then try again."};
    }
    ++tries.wrong;
  }
  if (!records::pin_fits(person, pin)) {
    return base::Error{base::ErrorKind::usage, "That is not the PIN."};
  }
  std::string token = records::random_token();
  const std::lock_guard lock(mutex_);
  tries_.erase(person.id);
  if (tokens_.size() >= kMostTokens) tokens_.clear();
  tokens_[token] = person.id;
  return token;
}

bool Unlocked::opens(const records::Person& person, std::string_view token) {
  if (person.pin.empty()) return true;
  const std::lock_guard lock(mutex_);
  const auto found = tokens_.find(token);
  return found != tokens_.end() && found->second == person.id;
}

}  // namespace matside::server
