#include "formats/pose_message.h"

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "formats/little_endian.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::array<std::uint8_t, 4> kPoseMessageStart = {'M', 'P', 'O', 'S'};
constexpr std::uint16_t kPoseMessageVersion = 1;
constexpr std::size_t kVersionAt = 4;
constexpr std::size_t kFramesAt = 6;
constexpr std::size_t kIndexAt = 8;
constexpr std::size_t kWidthAt = 12;
constexpr std::size_t kHeightAt = 14;
// In a frame.
constexpr std::size_t kPersonAt = 8;
constexpr std::size_t kLandmarksAt = 12;
constexpr std::size_t kNumbers = 3 * pose::kLandmarkCount;

constexpr const char* kNoTime = "the time must be a number of seconds, 0 or more";
constexpr const char* kTimeNotLater = "the time must be later than that of the frame before";

Error message_error(const std::string& what) {
  return {ErrorKind::input, "pose message: " + what};
}

Error frame_error(std::size_t number, const std::string& what) {
  return message_error("frame " + std::to_string(number + 1) + " of the message: " + what);
}

/// Of all numbers at once: the exponent of a number that is not finite is all ones.
bool all_finite(std::span<const std::uint8_t> numbers) {
  constexpr std::uint32_t kExponent = 0x7F80'0000;
  bool finite = true;
  for (std::size_t at = 0; at < numbers.size(); at += sizeof(float))
    finite &= (number_at<std::uint32_t>(numbers, at) & kExponent) != kExponent;
  return finite;
}

bool all_zero(std::span<const std::uint8_t> bytes) {
  std::uint8_t any = 0;
  for (const std::uint8_t byte : bytes) any |= byte;
  return any == 0;
}

base::Result<void> check_head(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kPoseMessageHead_bytes ||
      std::memcmp(bytes.data(), kPoseMessageStart.data(), kPoseMessageStart.size()) != 0) {
    return message_error("it must begin with MPOS and a head of 16 bytes");
  }
  const auto version = number_at<std::uint16_t>(bytes, kVersionAt);
  if (version != kPoseMessageVersion) {
    return message_error("version " + std::to_string(version) +
                         " is not known here; send version 1");
  }
  const std::size_t frames = number_at<std::uint16_t>(bytes, kFramesAt);
  if (frames < 1 || frames > kMaxPoseMessageFrames) {
    return message_error(std::to_string(frames) + " frames; send 1 to " +
                         std::to_string(kMaxPoseMessageFrames) + " in a message");
  }
  if (bytes.size() != pose_message_bytes(frames)) {
    return message_error("it has " + std::to_string(bytes.size()) + " bytes instead of " +
                         std::to_string(pose_message_bytes(frames)) + " for " +
                         std::to_string(frames) + (frames == 1 ? " frame" : " frames"));
  }
  if (number_at<std::uint16_t>(bytes, kWidthAt) < 1 ||
      number_at<std::uint16_t>(bytes, kHeightAt) < 1) {
    return message_error("the picture size must be at least 1 x 1 pixels");
  }
  return {};
}

/// @param after the time of the frame before; below 0 for the first
base::Result<void> check_frame(std::span<const std::uint8_t> frame, std::size_t number,
                               double after_s) {
  const auto time_s = number_at<double>(frame, 0);
  if (!std::isfinite(time_s) || !pose::is_valid(base::Seconds(time_s)))
    return frame_error(number, kNoTime);
  if (time_s <= after_s) return frame_error(number, kTimeNotLater);
  const auto person = number_at<std::uint32_t>(frame, kPersonAt);
  if (person > 1) return frame_error(number, "whether there is a person must be 0 or 1");
  const auto landmarks = frame.subspan(kLandmarksAt);
  if (person == 0 && !all_zero(landmarks))
    return frame_error(number, "landmarks without a person must be 0");
  if (!all_finite(landmarks))
    return frame_error(number, "a coordinate or visibility is not a finite number");
  return {};
}

}  // namespace

PoseMessage::PoseMessage(std::span<const std::uint8_t> bytes)
    : bytes_(bytes),
      frames_(number_at<std::uint16_t>(bytes, kFramesAt)),
      first_index_(number_at<std::uint32_t>(bytes, kIndexAt)),
      size_{number_at<std::uint16_t>(bytes, kWidthAt),
            number_at<std::uint16_t>(bytes, kHeightAt)} {}

base::Result<PoseMessage> PoseMessage::read(std::span<const std::uint8_t> bytes) {
  if (auto head = check_head(bytes); !head) return head.error();
  const PoseMessage message(bytes);
  double last_s = -1.0;
  for (std::size_t number = 0; number < message.frames(); ++number) {
    const auto frame = message.bytes_of(number);
    if (auto checked = check_frame(frame, number, last_s); !checked) return checked.error();
    last_s = number_at<double>(frame, 0);
  }
  return message;
}

std::span<const std::uint8_t> PoseMessage::bytes_of(std::size_t number) const {
  return bytes_.subspan(pose_message_bytes(number), kPoseMessageFrame_bytes);
}

base::Seconds PoseMessage::time(std::size_t number) const {
  return base::Seconds(number_at<double>(bytes_of(number), 0));
}

pose::PoseFrame PoseMessage::frame(std::size_t number) const {
  const auto bytes = bytes_of(number);
  pose::PoseFrame frame;
  frame.frame_index = static_cast<std::int64_t>(number);
  frame.time = time(number);
  frame.image_size = size_;
  if (number_at<std::uint32_t>(bytes, kPersonAt) == 0) return frame;
  std::array<float, kNumbers> numbers;
  std::memcpy(numbers.data(), bytes.data() + kLandmarksAt, sizeof numbers);
  pose::Pose& pose = frame.pose.emplace();
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    pose.keypoints[i] = {{numbers[3 * i], numbers[3 * i + 1]}, numbers[3 * i + 2]};
    pose.score += pose.keypoints[i].score / static_cast<double>(pose::kLandmarkCount);
  }
  return frame;
}

PoseMessageWriter::PoseMessageWriter(std::uint32_t first_index)
    : bytes_(kPoseMessageHead_bytes), last_(-1.0) {
  std::memcpy(bytes_.data(), kPoseMessageStart.data(), kPoseMessageStart.size());
  set_number(bytes_, kVersionAt, kPoseMessageVersion);
  set_number(bytes_, kIndexAt, first_index);
}

base::Result<void> PoseMessageWriter::check(const pose::PoseFrame& frame) const {
  constexpr int kMaxSide_px = std::numeric_limits<std::uint16_t>::max();
  if (frames_ == kMaxPoseMessageFrames) {
    return Error{ErrorKind::usage, "pose message: is full with " + std::to_string(frames_) +
                                       " frames; send it and begin another"};
  }
  const base::ImageSize size = frame.image_size;
  for (const int side_px : {size.width_px, size.height_px}) {
    if (side_px < 1 || side_px > kMaxSide_px) {
      return frame_error(frames_, std::to_string(size.width_px) + " x " +
                                      std::to_string(size.height_px) +
                                      " is not a picture size of 1 to 65535 pixels a side");
    }
  }
  if (frames_ > 0 && size != size_)
    return frame_error(frames_, "the picture size changes; begin another message");
  if (!pose::is_valid(frame.time)) return frame_error(frames_, kNoTime);
  if (frame.time <= last_) return frame_error(frames_, kTimeNotLater);
  return {};
}

base::Result<void> PoseMessageWriter::add(const pose::PoseFrame& given) {
  const pose::PoseFrame frame = pose::rounded(given);
  if (auto fits = check(frame); !fits) return fits;
  size_ = frame.image_size;
  last_ = frame.time;
  const std::size_t begin = bytes_.size();
  bytes_.resize(begin + kPoseMessageFrame_bytes);
  const std::span<std::uint8_t> bytes = std::span(bytes_).subspan(begin);
  set_number(bytes_, kFramesAt, ++frames_);
  set_number(bytes_, kWidthAt, static_cast<std::uint16_t>(size_.width_px));
  set_number(bytes_, kHeightAt, static_cast<std::uint16_t>(size_.height_px));
  set_number(bytes, 0, frame.time.value());
  if (!frame.pose) return {};
  set_number(bytes, kPersonAt, std::uint32_t{1});
  std::array<float, kNumbers> numbers{};
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const pose::Keypoint& keypoint = frame.pose->keypoints[i];
    if (!pose::is_valid(keypoint)) continue;
    numbers[3 * i] = static_cast<float>(keypoint.position.x_px);
    numbers[3 * i + 1] = static_cast<float>(keypoint.position.y_px);
    numbers[3 * i + 2] = static_cast<float>(keypoint.score);
  }
  std::memcpy(bytes.data() + kLandmarksAt, numbers.data(), sizeof numbers);
  return {};
}

}  // namespace matside::formats
