// The analysis of a recorded video that the page has uploaded, as lines of JSON. Some
// {"type":"progress","share":0.31}, then either
//   {"type":"analysis","result":{the result file},"exercise":{its words},"recording":"9f...",
//     "frames":[{"time_s":0.033,"points":[...]}]}
//   {"type":"failure","message":"..."}
// `points` holds 33 times x, y and score: x and y as shares of the upright picture's width and
// height, the score from 0 to 1. It is empty where nobody is detected. `exercise` is the
// PractisedExercise of records.schema.json: the one asked for, or the one that was most
// probably practised. `recording` names the recording for POST /api/keep; null where it can't
// be kept.
//
// Values and pure functions: any thread.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/pose/pose_frame.h"
#include "protocol/last_recording.h"
#include "records/exercises.h"

namespace matside::protocol {

/// Content type of the response.
inline constexpr std::string_view kLinesType = "application/x-ndjson";

/// One frame's pose in single precision, so that hours of them fit into memory.
struct FrameLandmarks {
  explicit FrameLandmarks(const pose::PoseFrame& frame);

  double time_s;              ///< From the recording's first frame.
  std::vector<float> points;  ///< As in the response.
};

/// What the analyser found.
struct AnalysisResult {
  std::string result;  ///< The result file's JSON text.
  std::vector<FrameLandmarks> frames;
  AnalysedRecording recording = {};  ///< Without poses: it can't be kept.
  std::string exercise = "null";     ///< As records::exercise_json() writes its words.
};

/// What a recording is to be analysed as.
struct AnalysisQuery {
  int level = 1;
  std::string exercise = {};  ///< Its id; empty: whichever it shows.

  friend bool operator==(const AnalysisQuery&, const AnalysisQuery&) = default;
};

/// The query "?level=N&exercise=ID", of which each part may be missing.
/// @returns nothing for any other query, an exercise that isn't installed, or a level that it
///   (without one, no exercise) has
std::optional<AnalysisQuery> analysis_query(std::string_view query,
                                            const records::Exercises& exercises);

/// One line that reports the share done, 0 to 1.
std::string progress_line(double share);
/// The last line of a response without an analysis.
std::string failure_line(std::string_view message);

/// Writes the analysis line in parts of about 64 KiB, so that it is never in memory as a whole.
class AnalysisWriter {
 public:
  /// @param recording  its name, as LastRecording::hold() returns it
  AnalysisWriter(AnalysisResult result, std::string recording)
      : result_(std::move(result)), recording_(std::move(recording)) {}
  /// The next part of the line; empty at the end.
  std::string next();

 private:
  AnalysisResult result_;
  std::string recording_;
  std::size_t written_frames_ = 0;
  enum class Part { beginning, frames, end } part_ = Part::beginning;
};

}  // namespace matside::protocol
