// A simulated practice through a lesson into records, as the server does it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/coaching/lesson.h"
#include "core/pose/pose_frame.h"
#include "records/ongoing.h"
#include "records/repository.h"

namespace matside::records_test {

/// Records in a folder of their own, gone when it goes.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file() const { return (path_ / "matside.db").string(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Opens anew, as after a crash.
  std::unique_ptr<records::Repository> open() const;

 private:
  std::filesystem::path path_;
};

inline constexpr records::Instant kMonday{1'767'600'000};  // 5 January 2026, 8:00 UTC
inline constexpr double kHoursADay = 24.0;
records::Now on_day(double day);
extern const records::Engine kEngine;

/// A ten of repetitions with a fault here and there, by a body of that seed; 30 frames a
/// second.
std::vector<pose::PoseFrame> some_practice(std::uint64_t seed, int level);

/// Watches the frames and keeps what is finished; what is told of repetitions comes back.
std::vector<exercise::Repetition> watch(const std::vector<pose::PoseFrame>& frames,
                                        coaching::Lesson& lesson, records::Ongoing& ongoing);

}  // namespace matside::records_test
