// A recorded video that the page has sent: what is asked of whoever analyses it, and how the
// answer reads: lines of JSON, some {"type":"progress","share":0.31}, then either
//   {"type":"analysis","result":{the result file},"frames":[{"time_s":0.033,"points":[...]}]}
//   {"type":"failure","message":"..."}
// `points` are 33 times x, y and score, in shares of the upright picture's size; none where
// nobody is seen.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"

namespace matside::server {

/// What the answer's lines are.
inline constexpr std::string_view kLinesType = "application/x-ndjson";

struct Recording {
  std::filesystem::path path;  ///< To be read until the call returns.
  int level = 1;
  const std::atomic<bool>* stop = nullptr;  ///< Turns true when nobody waits for it any more.
  std::function<void(double share)> progress;  ///< By any thread.
};

/// A frame's pose, small enough to keep hours of them.
struct SeenFrame {
  explicit SeenFrame(const pose::PoseFrame& frame);

  double time_s;
  std::vector<float> points;
};

struct Analysed {
  std::string result;  ///< The result file's text.
  std::vector<SeenFrame> frames;
};

/// Called on the thread that looks at pictures. Its error's message is shown to the person.
using Analyse = std::function<base::Result<Analysed>(const Recording&)>;

/// The level in "?level=N", 1 where there is no question.
std::optional<int> level_in(std::string_view query);

std::string progress_line(double share);
std::string failure_line(std::string_view message);

/// The answer's text in pieces, so that it never lies in memory as a whole.
class AnalysisText {
 public:
  explicit AnalysisText(Analysed analysed) : analysed_(std::move(analysed)) {}
  /// The next piece; empty at the end.
  std::string next();

 private:
  Analysed analysed_;
  std::size_t told_ = 0;  ///< Frames.
  enum class Part { beginning, frames, over } part_ = Part::beginning;
};

}  // namespace matside::server
