#include "protocol/pin_tokens.h"

#include <algorithm>

#include "records/persons.h"

namespace matside::protocol {
namespace {

using std::chrono::minutes;

/// The delay after so many wrong PINs.
minutes delay_after(int wrong) {
  minutes delay = PinTokens::kFirstDelay;
  for (int i = PinTokens::kFreeWrongPins; i < wrong && delay < PinTokens::kLongestDelay; ++i) {
    delay *= 2;
  }
  return std::min(delay, PinTokens::kLongestDelay);
}

std::string time_text(minutes wait) {
  constexpr int kHour_min = 60;
  if (wait < minutes(2)) return "a minute";
  if (wait < minutes(2 * kHour_min)) return std::to_string(wait.count()) + " minutes";
  return std::to_string((wait.count() + kHour_min - 1) / kHour_min) + " hours";
}

}  // namespace

base::Result<std::string> PinTokens::issue(const records::Person& person,
                                           const std::string& pin, int device, Time now) {
  const std::pair key(person.id, device);
  Attempts& attempts = attempts_[key];
  // A new PIN, or another person with the number of one who was erased.
  if (attempts.pin_hash != person.pin) attempts = {person.pin, 0, Time::min()};
  if (now < attempts.free_at) {
    const auto wait = std::chrono::ceil<minutes>(attempts.free_at - now);
    return base::Error{base::ErrorKind::usage, "Too many wrong PINs on this device. Wait " +
                                                   time_text(wait) + ", then try again."};
  }
  if (!records::verify_pin(person, pin)) {
    ++attempts.wrong;
    if (attempts.wrong >= kFreeWrongPins) attempts.free_at = now + delay_after(attempts.wrong);
    return base::Error{base::ErrorKind::usage, "Wrong PIN."};
  }
  std::string token = records::random_token();
  attempts_.erase(key);
  if (tokens_.size() >= kMaxTokens) tokens_.clear();
  tokens_[token] = {person.id, person.pin};
  return token;
}

bool PinTokens::authorizes(const records::Person& person, std::string_view token) {
  if (person.pin.empty()) return true;
  const auto found = tokens_.find(token);
  return found != tokens_.end() && found->second.person == person.id &&
         found->second.pin_hash == person.pin;
}

}  // namespace matside::protocol
