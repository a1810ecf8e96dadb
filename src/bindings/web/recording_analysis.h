// The analysis of a recorded video whose pictures the browser decodes: the poses, counts and
// faults that `matside analyze` finds in the same pictures.
//
// One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bindings/web/decoded_picture.h"
#include "core/base/calendar_time.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "digest/browser/portable_sha256.h"
#include "practice/analysis.h"
#include "practice/following_estimator.h"
#include "protocol/analysis_protocol.h"
#include "protocol/last_recording.h"
#include "vision/image/orientation.h"
#include "vision/media/picture_size.h"
#include "vision/media/timeline.h"

namespace matside::web {

/// What is known of a video before its first picture.
struct RecordedVideo {
  int level = 1;                   ///< Of the exercise.
  image::Orientation orientation;  ///< Makes the stored pictures upright.
  media::SampleAspect aspect;
};

/// From a video's first picture to the lines that the page reads.
class RecordingAnalysis {
 public:
  /// The networks must be there.
  /// @param exercises  of which one is practised, the usual one first; they must outlive the
  ///   analysis
  /// @returns ErrorKind::usage for a level that no exercise has, ErrorKind::model as
  ///   practice::create_recording_estimator()
  static base::Result<std::unique_ptr<RecordingAnalysis>> open(
      std::span<const exercise::Definition> exercises, const RecordedVideo& video);

  /// Begins to look at a picture that add_picture() takes later: the next one, or the one after
  /// the last look_ahead().
  void look_ahead(const DecodedPicture& picture, base::Seconds timestamp);
  /// Takes the next picture in presentation order. One whose time doesn't rise is left out, as
  /// media::Timeline says.
  /// @param timestamp as the file has it
  /// @returns as practice::PoseEstimator
  base::Result<void> add_picture(const DecodedPicture& picture, base::Seconds timestamp);
  /// When the video was recorded, as its file says.
  void set_date(std::string_view text) { recorded_ = base::parse_recording_time(text); }
  /// Takes the next bytes of the file, for its checksum.
  void add_bytes(std::span<const std::byte> bytes) { sha256_.add(bytes); }

  /// The result, and the recording to keep.
  /// @param warnings ids of warnings about the file
  protocol::AnalysisResult finish(std::span<const std::string> warnings);

 private:
  RecordingAnalysis(const RecordedVideo& video, practice::GuessingAnalysis analysis,
                    practice::LookingAheadEstimator estimator)
      : video_(video), analysis_(std::move(analysis)), estimator_(std::move(estimator)) {}
  image::View view_of(const DecodedPicture& picture);

  RecordedVideo video_;
  std::optional<base::ZonedTime> recorded_;
  practice::GuessingAnalysis analysis_;
  practice::LookingAheadEstimator estimator_;
  media::Timeline timeline_{1.0 / media::kUsualRate_hz};
  media::Timeline timeline_ahead_ = timeline_;  ///< Of look_ahead().
  std::optional<PictureConverter> converter_;   ///< Once the first picture is there.
  base::ImageSize size_;                        ///< Upright, in square pixels.
  std::int64_t index_ = -1;
  std::vector<protocol::FrameLandmarks> frames_;
  protocol::RecordingWriter poses_;
  digest::PortableSha256 sha256_;
};

}  // namespace matside::web
