#include "server/pin_tokens.h"

#include "records/persons.h"

namespace matside::server {

base::Result<std::string> PinTokens::issue(const records::Person& person,
                                           const std::string& pin, Time now) {
  {
    const std::lock_guard lock(mutex_);
    const auto [known, first] = attempts_.try_emplace(person.id, Attempts{0, now});
    Attempts& attempts = known->second;
    if (now - attempts.since >= kLockoutTime) attempts = {0, now};
    if (attempts.wrong >= kMaxWrongPins) {
      return base::Error{base::ErrorKind::usage,
                         "Too many wrong PINs. Wait a minute, then try again."};
    }
    // Counted before it is checked, so that attempts at the same time count, too.
    ++attempts.wrong;
  }
  if (!records::verify_pin(person, pin)) {
    return base::Error{base::ErrorKind::usage, "Wrong PIN."};
  }
  std::string token = records::random_token();
  const std::lock_guard lock(mutex_);
  attempts_.erase(person.id);
  if (tokens_.size() >= kMaxTokens) tokens_.clear();
  tokens_[token] = person.id;
  return token;
}

bool PinTokens::authorizes(const records::Person& person, std::string_view token) {
  if (person.pin.empty()) return true;
  const std::lock_guard lock(mutex_);
  const auto found = tokens_.find(token);
  return found != tokens_.end() && found->second == person.id;
}

}  // namespace matside::server
