// One recording through eye and engine, from the file to the record of its analysis: the same
// for `matside analyze` and for a page's recording.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "cli/data_folder.h"
#include "cli/pipeline.h"
#include "cli/practice_options.h"
#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"
#include "formats/analysis_json.h"
#include "vision/blazepose/tracker.h"
#include "vision/video/video_reader.h"

namespace matside::cli {

struct RecordingRequest {
  std::filesystem::path input;
  PracticeOptions practice;
  /// Ends the work early when it turns true; outlives the recording.
  const std::atomic<bool>* stop = nullptr;
};

/// A recording with everything that is needed to analyse it, all of it known to be good.
class Recording {
 public:
  /// As pipeline.h's, with the share of the work that is done where the length is known.
  using OnFrame = std::function<base::Result<void>(const Watched&, std::optional<double> done)>;

  /// @param exercise must outlive the recording
  /// @returns ErrorKind::input for a file that can't be read, ErrorKind::model for a network
  ///   that is missing or changed, ErrorKind::usage for a level that is not there.
  static base::Result<Recording> open(const RecordingRequest& request, const DataFolder& data,
                                      const exercise::Definition& exercise);

  [[nodiscard]] const std::string& sha256() const { return sha256_; }
  [[nodiscard]] const video::VideoInfo& video() const { return reader_.info(); }

  /// Once. Fails as run_pipeline(), and with ErrorKind::input where there is no picture.
  base::Result<formats::AnalysisRecord> analyze(const OnFrame& on_frame);

 private:
  Recording(RecordingRequest request, const exercise::Definition& exercise,
            video::VideoReader reader, blazepose::PoseTracker tracker, engine::Session session,
            std::string sha256)
      : request_(std::move(request)),
        exercise_(&exercise),
        reader_(std::move(reader)),
        tracker_(std::move(tracker)),
        session_(std::move(session)),
        sha256_(std::move(sha256)) {}
  [[nodiscard]] formats::AnalysisRecord record(const Pass& pass) const;

  RecordingRequest request_;
  const exercise::Definition* exercise_;
  video::VideoReader reader_;
  blazepose::PoseTracker tracker_;
  engine::Session session_;
  std::string sha256_;
};

}  // namespace matside::cli
