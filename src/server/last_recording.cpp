#include "server/last_recording.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "formats/pose_codec.h"
#include "server/limits.h"
#include "server/secret.h"

namespace matside::server {
namespace {

constexpr std::size_t kFramesInPart = 1000;  // Under a megabyte before they are encoded.
constexpr std::size_t kName_bytes = 16;

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
  std::string name = recording.poses.empty() ? std::string() : random_secret(kName_bytes);
  const std::lock_guard lock(mutex_);
  name_ = name;
  recording_ =
      name.empty() ? nullptr : std::make_shared<const AnalysedRecording>(std::move(recording));
  return name;
}

std::shared_ptr<const AnalysedRecording> LastRecording::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  return same_secret(name, name_) ? recording_ : nullptr;
}

}  // namespace matside::server
