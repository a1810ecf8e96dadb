#include "protocol/last_recording.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "formats/pose_codec.h"
#include "protocol/limits.h"
#include "records/persons.h"

namespace matside::protocol {
namespace {

constexpr std::size_t kFramesInPart = 1000;  // Under a megabyte before they are encoded.
constexpr std::size_t kName_digits = 32;

/// Compares in a time that depends on the lengths only.
bool is_same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  volatile unsigned char difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
  }
  return difference == 0;
}

}  // namespace

void RecordingWriter::add_frame(const pose::PoseFrame& frame) {
  if (++count_ > kMaxKeptFrames) return;
  frames_.push_back(frame);
  if (frames_.size() == kFramesInPart) encode();
}

void RecordingWriter::encode() {
  if (frames_.empty()) return;
  parts_.push_back(formats::encode_poses(frames_));
  frames_.clear();
}

std::vector<std::string> RecordingWriter::finish() {
  encode();
  return count_ > kMaxKeptFrames ? std::vector<std::string>() : std::move(parts_);
}

base::Result<std::vector<pose::PoseFrame>> frames_of(const AnalysedRecording& recording) {
  std::vector<pose::PoseFrame> frames;
  for (const std::string& part : recording.poses) {
    auto read = formats::decode_poses(part, "the recording");
    if (!read) return read.error();
    std::ranges::move(read.value(), std::back_inserter(frames));
  }
  return frames;
}

std::string LastRecording::hold(AnalysedRecording recording) {
  name_ = recording.poses.empty() ? "" : records::random_token().substr(0, kName_digits);
  recording_ =
      name_.empty() ? nullptr : std::make_shared<const AnalysedRecording>(std::move(recording));
  return name_;
}

std::shared_ptr<const AnalysedRecording> LastRecording::find(std::string_view name) const {
  return !name_.empty() && is_same(name, name_) ? recording_ : nullptr;
}

}  // namespace matside::protocol
