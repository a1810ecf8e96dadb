#include "server/locked_state.h"

#include <utility>

namespace matside::server {

base::Result<std::string> LockedPinTokens::issue(const records::Person& person,
                                                 const std::string& pin, int device, Time now) {
  const std::lock_guard lock(mutex_);
  return PinTokens::issue(person, pin, device, now);
}

bool LockedPinTokens::authorizes(const records::Person& person, std::string_view token) {
  const std::lock_guard lock(mutex_);
  return PinTokens::authorizes(person, token);
}

std::string LockedLastRecording::hold(protocol::AnalysedRecording recording) {
  const std::lock_guard lock(mutex_);
  return LastRecording::hold(std::move(recording));
}

std::shared_ptr<const protocol::AnalysedRecording> LockedLastRecording::find(
    std::string_view name) const {
  const std::lock_guard lock(mutex_);
  return LastRecording::find(name);
}

}  // namespace matside::server
