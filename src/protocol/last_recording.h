// The poses of the recording that was analysed last, from which a practice can be made.
//
// One thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"

namespace matside::protocol {

/// What a practice is made of.
struct AnalysedRecording {
  int level = 0;
  std::string pose_model;  ///< Such as "blazepose-full".
  bool eye = false;
  std::vector<std::string> poses;  ///< Parts in order, as formats::encode_poses writes them.
  std::string exercise;            ///< The id of the one that was practised.
};

/// Collects frames in little memory: about 36 bytes for each.
class RecordingWriter {
 public:
  void add_frame(const pose::PoseFrame& frame);
  /// All frames; nothing if there were more than kMaxKeptFrames.
  std::vector<std::string> finish();

 private:
  void encode();

  std::vector<pose::PoseFrame> frames_;  ///< Not yet encoded.
  std::vector<std::string> parts_;
  std::size_t count_ = 0;
};

/// @returns the frames; ErrorKind::input for damaged parts
base::Result<std::vector<pose::PoseFrame>> frames_of(const AnalysedRecording& recording);

/// Holds one recording, until another takes its place.
class LastRecording {
 public:
  LastRecording() = default;
  LastRecording(const LastRecording&) = delete;
  LastRecording& operator=(const LastRecording&) = delete;
  virtual ~LastRecording() = default;

  /// @returns the secret by which the page names the recording; empty, and nothing is held,
  ///   when it has no poses or the system gives no random numbers
  virtual std::string hold(AnalysedRecording recording);
  /// The recording of that name; null for any other name.
  [[nodiscard]] virtual std::shared_ptr<const AnalysedRecording> find(
      std::string_view name) const;

 private:
  std::string name_;
  std::shared_ptr<const AnalysedRecording> recording_;
};

}  // namespace matside::protocol
