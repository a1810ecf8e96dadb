#include "protocol/pose_stream.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "formats/little_endian.h"
#include "formats/pose_message.h"
#include "protocol/lesson_start.h"
#include "protocol/server_messages.h"

namespace matside::protocol {
namespace {

constexpr int kMaxAckInterval = 60;  // About one a second.

PoseStream::Reply failed(FailureKind kind, std::string_view message) {
  return {{failure_message(kind, message)}, std::nullopt, 0, true};
}

base::Error stream_error(const std::string& what) {
  return {base::ErrorKind::input, "poses: " + what};
}

}  // namespace

base::Result<PosesFrame> parse_poses_frame(std::span<const std::uint8_t> message) {
  if (message.size() != kPosesFrameHead_bytes && message.size() != kPosesFrame_bytes) {
    return stream_error("the message has " + std::to_string(message.size()) +
                        " bytes instead of " + std::to_string(kPosesFrame_bytes) + " or " +
                        std::to_string(kPosesFrameHead_bytes));
  }
  formats::LittleEndianReader numbers(message);
  PosesFrame frame;
  frame.index = numbers.take<std::uint32_t>();
  frame.seen.time = base::Seconds(numbers.take<double>());
  frame.seen.image_size.width_px = numbers.take<std::uint16_t>();
  frame.seen.image_size.height_px = numbers.take<std::uint16_t>();
  if (!pose::is_valid(frame.seen.time) || frame.seen.time.value() < 0.0) {
    return stream_error("the time must be a number of seconds, 0 or more");
  }
  if (frame.seen.image_size.width_px < 1 || frame.seen.image_size.height_px < 1) {
    return stream_error("the picture size must be at least 1 x 1 pixels");
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
  const auto message = parse_message(text, exercises_);
  if (!message) return failed(FailureKind::bad_message, message.error().message);
  if (const auto* hello = std::get_if<ClientHello>(&message.value())) return begin(*hello);
  if (!lesson_) return failed(FailureKind::bad_message, "message: send a hello first");
  const auto reply_to = [this](const auto& said) {
    LessonStream::Reply reply = lesson_->handle(said);
    return Reply{std::move(reply.messages), std::nullopt, 0, reply.ended};
  };
  if (const auto* pause = std::get_if<Pause>(&message.value())) return reply_to(*pause);
  if (const auto* resume = std::get_if<Resume>(&message.value())) return reply_to(*resume);
  if (const auto* back = std::get_if<CameraBack>(&message.value())) return reply_to(*back);
  if (const auto* says = std::get_if<PageSays>(&message.value())) return reply_to(*says);
  if (const auto* stop = std::get_if<Stop>(&message.value())) return reply_to(*stop);
  if (const auto* comfort = std::get_if<Comfort>(&message.value())) return reply_to(*comfort);
  return failed(FailureKind::bad_message,
                "message: self_reported is only for practices without a camera");
}

PoseStream::Reply PoseStream::begin(const ClientHello& hello) {
  if (lesson_) return failed(FailureKind::bad_message, "message: send only one hello");
  auto parts = parts_of(hello, exercises_);
  if (!parts) return failed(FailureKind::bad_message, parts.error().message);
  auto lesson = LessonStream::create(std::move(parts).value());
  if (!lesson) return failed(FailureKind::bad_message, lesson.error().message);
  lesson_.emplace(std::move(lesson).value());
  LessonStream::Reply reply = lesson_->start();
  return {std::move(reply.messages), std::nullopt, 0, reply.ended};
}

PoseStream::Reply PoseStream::handle_binary(std::span<const std::uint8_t> message) {
  if (!lesson_)
    return failed(FailureKind::bad_message, "message: send a hello before the poses");
  return form_ == FrameForm::several ? take_frames(message) : take_frame(message);
}

PoseStream::Reply PoseStream::take_frame(std::span<const std::uint8_t> message) {
  const auto frame = parse_poses_frame(message);
  if (!frame) return failed(FailureKind::bad_frame, frame.error().message);
  LessonStream::Reply pushed = lesson_->push(frame.value().seen);
  Reply reply{std::move(pushed.messages), std::nullopt, 1, pushed.ended};
  if (lesson_->frames() % ack_interval_ == 0) reply.done = frame.value().index;
  return reply;
}

PoseStream::Reply PoseStream::take_frames(std::span<const std::uint8_t> message) {
  const auto read = formats::PoseMessage::read(message);
  if (!read) return failed(FailureKind::bad_frame, read.error().message);
  const formats::PoseMessage& frames = read.value();
  if (frames.time(0) <= last_) {
    return failed(FailureKind::bad_frame,
                  "pose message: its first time must be later than the last of the message "
                  "before");
  }
  const std::int64_t acknowledged = lesson_->frames() / ack_interval_;
  Reply reply;
  for (std::size_t number = 0; number < frames.frames() && !reply.ended; ++number) {
    LessonStream::Reply pushed = lesson_->push(frames.frame(number));
    std::ranges::move(pushed.messages, std::back_inserter(reply.messages));
    reply.ended = pushed.ended;
    ++reply.frames;
  }
  const auto last = static_cast<std::size_t>(reply.frames) - 1;
  last_ = frames.time(last);
  if (lesson_->frames() / ack_interval_ > acknowledged)
    reply.done = frames.first_index() + static_cast<std::uint32_t>(last);
  return reply;
}

}  // namespace matside::protocol
