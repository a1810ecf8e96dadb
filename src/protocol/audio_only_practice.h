// A practice without a camera: the page plays an audio guide, and the person reports the
// counts.
//
// A value: one thread at a time.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "protocol/client_messages.h"
#include "protocol/server_messages.h"
#include "records/exercises.h"

namespace matside::protocol {

/// The server's side of one such practice.
class AudioOnlyPractice {
 public:
  /// @param exercises must outlive the practice
  /// @returns ErrorKind::usage for a level that the exercise does not have, or where others
  ///   follow; ErrorKind::input for an exercise that isn't installed
  static base::Result<AudioOnlyPractice> create(const records::Exercises& exercises,
                                                const ClientHello& hello);

  /// The first messages: ready, the exercise, and the whole audio guide.
  [[nodiscard]] std::vector<std::string> start() const;
  /// Notes how it feels; any discomfort becomes the reason why the practice ended.
  void handle(const Comfort& comfort);
  /// The summary's content for these counts, without the saved practice's id. The goal is
  /// reached when both sides are.
  [[nodiscard]] PracticeSummary summary(const SelfReported& reported) const;
  [[nodiscard]] const ClientHello& hello() const { return hello_; }
  [[nodiscard]] const exercise::Definition& exercise() const { return *exercise_; }

 private:
  AudioOnlyPractice(const exercise::Definition& exercise, const ClientHello& hello)
      : exercise_(&exercise), hello_(hello) {}

  const exercise::Definition* exercise_;
  ClientHello hello_;
  bool discomfort_ = false;
};

}  // namespace matside::protocol
