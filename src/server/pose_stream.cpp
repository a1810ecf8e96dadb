#include "server/pose_stream.h"

#include <bit>
#include <charconv>
#include <cstring>

namespace matside::server {
namespace {

// About a second's.
constexpr int kMaxAckInterval = 60;

PoseStream::Reply failed(FailureKind kind, std::string_view why) {
  return {{failure_message(kind, why)}, std::nullopt, true};
}

base::Error not_understood(const std::string& why) {
  return {base::ErrorKind::input, "poses: " + why};
}

/// Takes numbers off the front.
class Numbers {
 public:
  explicit Numbers(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  template <class T>
  T take() {
    static_assert(std::endian::native == std::endian::little);
    T value;
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_ = bytes_.subspan(sizeof value);
    return value;
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

}  // namespace

base::Result<PosesFrame> parse_poses_frame(std::span<const std::uint8_t> message) {
  if (message.size() != kPosesFrameHead_bytes && message.size() != kPosesFrame_bytes) {
    return not_understood("are " + std::to_string(message.size()) + " bytes, not " +
                          std::to_string(kPosesFrame_bytes) + " or " +
                          std::to_string(kPosesFrameHead_bytes));
  }
  Numbers numbers(message);
  PosesFrame frame;
  frame.index = numbers.take<std::uint32_t>();
  frame.seen.time = base::Seconds(numbers.take<double>());
  frame.seen.image_size.width_px = numbers.take<std::uint16_t>();
  frame.seen.image_size.height_px = numbers.take<std::uint16_t>();
  if (!pose::is_valid(frame.seen.time) || frame.seen.time.value() < 0.0) {
    return not_understood("have no time, seconds from 0");
  }
  if (frame.seen.image_size.width_px < 1 || frame.seen.image_size.height_px < 1) {
    return not_understood("are in a picture without pixels");
  }
  if (message.size() == kPosesFrameHead_bytes) return frame;
  pose::Pose& pose = frame.seen.pose.emplace();
  for (pose::Keypoint& keypoint : pose.keypoints) {
    keypoint.position.x_px = numbers.take<float>();
    keypoint.position.y_px = numbers.take<float>();
    keypoint.score = numbers.take<float>();
    pose.score += keypoint.score / static_cast<double>(pose::kLandmarkCount);
  }
  return frame;
}

std::optional<int> ack_interval(std::string_view query) {
  if (query.empty()) return 1;
  constexpr std::string_view kKey = "?every=";
  if (!query.starts_with(kKey)) return std::nullopt;
  query.remove_prefix(kKey.size());
  int every = 0;
  const auto read = std::from_chars(query.data(), query.data() + query.size(), every);
  const bool good = read.ec == std::errc() && read.ptr == query.data() + query.size();
  if (!good || every < 1 || every > kMaxAckInterval) return std::nullopt;
  return every;
}

PoseStream::Reply PoseStream::handle_text(std::string_view text) {
  const auto message = parse_message(text, exercise_->highest_level());
  if (!message) return failed(FailureKind::bad_message, message.error().message);
  if (const auto* hello = std::get_if<ClientHello>(&message.value())) return begin(*hello);
  if (!lesson_) return failed(FailureKind::bad_message, "message: there is no practice yet");
  coaching::Lesson& lesson = *lesson_;
  if (std::holds_alternative<Pause>(message.value())) return reply_to(lesson.pause());
  if (std::holds_alternative<Resume>(message.value())) return reply_to(lesson.resume());
  if (std::holds_alternative<Stop>(message.value())) return reply_to(lesson.finish());
  if (const auto* comfort = std::get_if<Comfort>(&message.value())) {
    return reply_to(lesson.answer(comfort->comfortable));
  }
  return failed(FailureKind::bad_message, "message: this practice is counted by its poses");
}

PoseStream::Reply PoseStream::begin(const ClientHello& hello) {
  if (lesson_) return failed(FailureKind::bad_message, "message: a second hello");
  auto lesson = coaching::Lesson::create(*exercise_, hello.request);
  if (!lesson) return failed(FailureKind::bad_message, lesson.error().message);
  lesson_.emplace(std::move(lesson).value());
  const std::string ready = ready_message(*exercise_->level(hello.request.level),
                                          hello.request.repetitions, std::nullopt);
  Reply answer = reply_to(lesson_->begin());
  answer.messages.insert(answer.messages.begin(), ready);
  return answer;
}

PoseStream::Reply PoseStream::handle_frame(std::span<const std::uint8_t> message) {
  if (!lesson_) return failed(FailureKind::bad_message, "message: poses before a hello");
  auto frame = parse_poses_frame(message);
  if (!frame) return failed(FailureKind::bad_frame, frame.error().message);
  frame.value().seen.frame_index = frames_++;
  Reply answer = reply_to(lesson_->push(pose::rounded(frame.value().seen)));
  if (frames_ % ack_interval_ == 0) answer.done = frame.value().index;
  return answer;
}

PoseStream::Reply PoseStream::reply_to(std::span<const coaching::LessonEvent> events) {
  Reply answer;
  for (const coaching::LessonEvent& event : events) {
    answer.messages.push_back(event_message(event, *exercise_));
  }
  answer.ended = lesson_->stage() == coaching::Stage::ended;
  if (answer.ended) {
    answer.messages.push_back(summary_message(
        {frames_, lesson_->ended_by(), false, lesson_->analysis(), {}, std::nullopt},
        *exercise_));
  }
  return answer;
}

}  // namespace matside::server
