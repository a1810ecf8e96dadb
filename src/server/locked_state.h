// What the records thread and the vision thread share, behind locks.
//
// Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "protocol/last_recording.h"
#include "protocol/pin_tokens.h"
#include "records/repository.h"

namespace matside::server {

/// The records thread issues and checks tokens, the vision thread checks them. Who asks while a
/// PIN is checked waits for a tenth of a second.
class LockedPinTokens final : public protocol::PinTokens {
 public:
  base::Result<std::string> issue(const records::Person& person, const std::string& pin,
                                  int device, Time now) override;
  bool authorizes(const records::Person& person, std::string_view token) override;

 private:
  std::mutex mutex_;
};

/// The answering thread holds a recording, the records thread finds it.
class LockedLastRecording final : public protocol::LastRecording {
 public:
  std::string hold(protocol::AnalysedRecording recording) override;
  [[nodiscard]] std::shared_ptr<const protocol::AnalysedRecording> find(
      std::string_view name) const override;

 private:
  mutable std::mutex mutex_;
};

}  // namespace matside::server
