#include "protocol/analysis_protocol.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace matside::protocol {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kChunk_bytes = 64 * 1024;
constexpr int kDigits = 4;

std::string line(const ordered_json& message) {
  return message.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

void add(std::string& text, double number) {
  std::array<char, 400> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                 std::chars_format::fixed, kDigits);
  text.append(digits.data(), end.ptr);
}

void add(std::string& text, const FrameLandmarks& frame) {
  text += "{\"time_s\":";
  add(text, frame.time_s);
  text += ",\"points\":[";
  for (const float number : frame.points) {
    if (text.back() != '[') text += ',';
    add(text, number);
  }
  text += "]}";
}

}  // namespace

FrameLandmarks::FrameLandmarks(const pose::PoseFrame& frame) : time_s(frame.time.value()) {
  if (!frame.pose) return;
  points.reserve(3 * pose::kLandmarkCount);
  for (const pose::Keypoint& keypoint : frame.pose->keypoints) {
    points.push_back(static_cast<float>(keypoint.position.x_px / frame.image_size.width_px));
    points.push_back(static_cast<float>(keypoint.position.y_px / frame.image_size.height_px));
    points.push_back(static_cast<float>(keypoint.score));
  }
}

std::optional<AnalysisQuery> analysis_query(std::string_view query,
                                            const records::Exercises& exercises) {
  constexpr std::string_view kLevel = "level=";
  constexpr std::string_view kExercise = "exercise=";
  AnalysisQuery asked;
  if (query == "?") return std::nullopt;
  if (!query.empty()) query.remove_prefix(1);  // The question mark.
  while (!query.empty()) {
    const std::string_view part = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(part.size() + 1, query.size()));
    if (part.starts_with(kLevel) && part.size() == kLevel.size() + 1) {
      asked.level = part.back() - '0';
    } else if (part.starts_with(kExercise) && asked.exercise.empty()) {
      asked.exercise = part.substr(kExercise.size());
      if (!exercises.find(asked.exercise)) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  const bool known = std::ranges::any_of(exercises.all(), [&](const auto& each) {
    return (asked.exercise.empty() || each.id == asked.exercise) &&
           each.level(asked.level) != nullptr;
  });
  if (!known) return std::nullopt;
  return asked;
}

std::string progress_line(double share) {
  return line({{"type", "progress"}, {"share", share}});
}

std::string failure_line(std::string_view message) {
  return line({{"type", "failure"}, {"message", message}});
}

std::string AnalysisWriter::next() {
  std::string text;
  if (part_ == Part::beginning) {
    // Without the result file's line breaks: a line break ends the response's line.
    const auto result =
        ordered_json::parse(result_.result, nullptr, /*allow_exceptions=*/false);
    text = R"({"type":"analysis","result":)" +
           result.dump(-1, ' ', false, ordered_json::error_handler_t::replace) +
           R"(,"exercise":)" + result_.exercise + R"(,"recording":)" +
           (recording_.empty() ? "null" : '"' + recording_ + '"') + R"(,"frames":[)";
    part_ = Part::frames;
  }
  if (part_ == Part::end) return text;
  while (written_frames_ < result_.frames.size() && text.size() < kChunk_bytes) {
    if (written_frames_ > 0) text += ',';
    add(text, result_.frames[written_frames_++]);
  }
  if (written_frames_ == result_.frames.size()) {
    text += "]}\n";
    part_ = Part::end;
  }
  return text;
}

}  // namespace matside::protocol
