// One practice in front of a camera: pictures and answers in, messages for the page out. Pose
// and judgement are those of a recording.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/coaching/lesson.h"
#include "core/exercise/definition.h"
#include "server/filing.h"
#include "server/from_page.h"
#include "server/look.h"
#include "server/messages.h"

namespace matside::server {

/// Not for use by two threads at once.
class Practice {
 public:
  /// What to tell the page. Once ended, the summary is the last message there will be.
  struct Answer {
    std::vector<std::string> messages;
    bool ended = false;
  };

  /// @param exercise must outlive the practice
  /// @param filing null where nothing is kept
  /// @returns ErrorKind::usage for a level that the exercise does not have.
  static base::Result<Practice> begin(const exercise::Definition& exercise,
                                      const coaching::Wish& wish, Look look,
                                      std::unique_ptr<Filing> filing = nullptr);

  /// What to tell before the first picture.
  Answer greet();
  /// Looks at a picture. The frame's own message comes last, or the summary.
  /// @returns ErrorKind::input when it is no JPEG, ErrorKind::model when a network fails.
  base::Result<Answer> look(const Frame& frame);
  /// The person's own messages.
  Answer take(const Pause& pause);
  Answer take(const Resume& resume);
  Answer take(const Comfort& comfort);
  Answer take(const Stop& stop);

 private:
  Practice(const exercise::Definition& exercise, Look look, coaching::Lesson lesson, int level,
           int repetitions, std::unique_ptr<Filing> filing)
      : exercise_(&exercise),
        look_(std::move(look)),
        lesson_(std::move(lesson)),
        level_(level),
        repetitions_(repetitions),
        filing_(std::move(filing)) {}
  void tell(std::span<const coaching::Told> told, Answer& answer);
  void warn(const std::optional<engine::Warning>& warning, Answer& answer) const;
  [[nodiscard]] std::optional<records::Id> filed_as() const;
  Answer answer_with(std::span<const coaching::Told> told);
  void end_if_over(Answer& answer);
  void remember_knees(base::Seconds time);

  const exercise::Definition* exercise_;
  Look look_;
  coaching::Lesson lesson_;
  int level_;
  int repetitions_;
  std::unique_ptr<Filing> filing_;
  std::int64_t frames_ = 0;
  std::deque<KneeSample> knees_;
};

}  // namespace matside::server
