// One practice of the page: its messages and frames in, messages out, as /practice of the
// server has them.
//
// One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/exercise/definition.h"
#include "practice/following_estimator.h"
#include "protocol/audio_only_practice.h"
#include "protocol/client_messages.h"
#include "protocol/lesson_stream.h"
#include "protocol/pin_tokens.h"
#include "protocol/records_setup.h"
#include "protocol/server_messages.h"
#include "records/exercises.h"
#include "vision/image/view.h"

namespace matside::web {

/// From the page's hello to the summary.
class PracticeLink {
 public:
  /// The messages to send. Once ended, nothing more may be handled.
  struct Reply {
    std::vector<std::string> messages;
    bool ended = false;
  };

  using CreateEstimator = std::function<base::Result<practice::LookingAheadEstimator>()>;

  /// @param exercises, records, pin_tokens must outlive the link
  /// @param create_estimator is called for a practice with a camera
  PracticeLink(const records::Exercises& exercises, const protocol::RecordsSetup& records,
               protocol::PinTokens& pin_tokens, CreateEstimator create_estimator)
      : exercises_(exercises),
        records_(&records),
        pin_tokens_(&pin_tokens),
        create_estimator_(std::move(create_estimator)) {}

  /// Takes a message. One that doesn't fit ends the link with a failure message.
  Reply handle_text(std::string_view text);
  /// Begins to look at a picture that handle_frame() takes later: the next one, or the one
  /// after the last look_ahead().
  void look_ahead(const image::View& picture);
  /// Takes a picture. One that arrives before the practice is ready ends the link.
  Reply handle_frame(std::uint32_t index, base::Seconds time, const image::View& picture);

 private:
  Reply handle(const protocol::ClientHello& hello);
  Reply handle(const protocol::SelfReported& reported);
  Reply handle(const protocol::Comfort& comfort);
  template <class Message>
  Reply handle(const Message& message);
  Reply forward(const auto& message);
  [[nodiscard]] static std::string not_saved(const base::Error& error,
                                             const exercise::Definition& exercise);

  records::Exercises exercises_;
  const protocol::RecordsSetup* records_;
  protocol::PinTokens* pin_tokens_;
  CreateEstimator create_estimator_;
  practice::LookingAheadEstimator estimator_;  ///< Once `lesson_` is there.
  std::optional<protocol::LessonStream> lesson_;
  std::optional<protocol::AudioOnlyPractice> audio_only_;  ///< Instead of `lesson_`.
};

}  // namespace matside::web
