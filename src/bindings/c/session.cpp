#include "bindings/c/session.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "formats/analysis_json.h"

namespace {

using matside::base::Error;
using matside::base::ErrorKind;
using matside::base::Result;
using matside::base::Seconds;

constexpr std::int32_t kMaxSide_px = 100'000;
constexpr std::size_t kSha256Digits = 64;
constexpr const char* kUnknownModel = "unknown";

bool small_letter(char c) { return c >= 'a' && c <= 'z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

bool is_sha256(std::string_view text) {
  return text.size() == kSha256Digits &&
         std::ranges::all_of(text, [](char c) { return digit(c) || (c >= 'a' && c <= 'f'); });
}

bool is_model(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return digit(c) || small_letter(c) || c == '-';
  });
}

/// @returns ErrorKind::input for an invalid part
Result<void> describe(const matside_source& source, matside::formats::AnalysisRecord& record) {
  if (source.path != nullptr) record.source.path = source.path;
  if (source.sha256 != nullptr) {
    if (!is_sha256(source.sha256)) {
      return Error{ErrorKind::input,
                   "source.sha256: must be 64 digits of 0 to 9 and a to f, or NULL"};
    }
    record.source.sha256 = source.sha256;
  }
  if (source.pose_model != nullptr) {
    if (!is_model(source.pose_model)) {
      return Error{ErrorKind::input,
                   "source.pose_model: must be lower-case letters, digits and -, or NULL"};
    }
    record.pose_model = source.pose_model;
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<matside_session>> matside_session::create(
    std::shared_ptr<const matside::exercise::Definition> exercise, int level) {
  auto session = matside::engine::Session::create(*exercise, level);
  if (!session) return session.error();
  return std::unique_ptr<matside_session>(
      new matside_session(std::move(exercise), std::move(session).value()));
}

Result<void> matside_session::push(const matside_frame& frame) {
  if (finished_)
    return Error{ErrorKind::usage, "session: is finished and accepts no more frames"};
  for (const std::int32_t size_px : {frame.width_px, frame.height_px}) {
    if (size_px < 1 || size_px > kMaxSide_px) {
      return Error{ErrorKind::input, "frame: " + std::to_string(frame.width_px) + " x " +
                                         std::to_string(frame.height_px) +
                                         " is not a valid picture size (1 to 100000 pixels)"};
    }
  }
  const matside::pose::PoseFrame seen = matside::c::pose_frame(frame, frames_);
  size_ = seen.image_size;
  ++frames_;
  if (matside::pose::is_valid(seen.time)) {
    if (!timed_) first_ = last_ = seen.time;
    timed_ = true;
    last_ = std::max(last_, seen.time);
  }
  events_.assign(session_.push(seen), *exercise_);
  return {};
}

void matside_session::finish() {
  events_.clear();
  if (finished_) return;
  finished_ = true;
  events_.assign(session_.finish(), *exercise_);
}

matside_counts matside_session::counts() const {
  const matside::exercise::RepetitionCounts& counts = session_.counts();
  return {sizeof(matside_counts), counts.left,  counts.right, counts.unsure,
          counts.kicks,           counts.clean, counts.both};
}

/// The time from the first frame to the end of the last, which lasts as long as the others.
Seconds matside_session::covered() const {
  if (frames_ < 2) return Seconds(0.0);
  const auto n = static_cast<double>(frames_);
  return (last_ - first_) * (n / (n - 1.0));
}

Result<const char*> matside_session::result(const matside_source* source) {
  if (frames_ == 0)
    return Error{ErrorKind::usage, "session: has no frames yet; push one first"};
  matside::formats::AnalysisRecord record;
  record.complete = finished_;
  record.source.size = size_;
  record.source.frames = frames_;
  record.source.duration = covered();
  record.pose_model = kUnknownModel;
  record.exercise_id = exercise_->id;
  record.analysis = session_.analysis();
  if (source != nullptr) {
    if (auto described = describe(*source, record); !described) return described.error();
  }
  result_ = matside::formats::analysis_json(record);
  return result_.c_str();
}
