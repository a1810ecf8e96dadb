// From a source to the record of its analysis: the only place where a source's frames meet the
// engine, for the command line, the server and the report (saved practices: records/replay.h).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"
#include "formats/analysis_json.h"
#include "practice/source.h"

namespace matside::practice {

/// An analysis whose frames are handed over one by one. One thread at a time.
class RunningAnalysis {
 public:
  /// @param exercise is copied
  /// @returns ErrorKind::usage for a level that the exercise doesn't have
  static base::Result<RunningAnalysis> create(const exercise::Definition& exercise, int level);

  /// Takes the next frame. The events are valid until the next call.
  std::span<const engine::Event> push(const pose::PoseFrame& frame);
  [[nodiscard]] const engine::Session& session() const { return session_; }
  /// Ends the analysis.
  /// @param warnings  ids of warnings about the source
  /// @param complete  whether the frames reached the end of the source
  formats::AnalysisRecord finish(const SourceInfo& info, std::span<const std::string> warnings,
                                 bool complete);

 private:
  /// How many frames were read and which times they span.
  struct Extent {
    std::int64_t frames = 0;
    base::Seconds first;
    base::Seconds last;

    void add(base::Seconds time);
    [[nodiscard]] base::Seconds covered() const;
  };

  RunningAnalysis(const exercise::Definition& exercise, engine::Session session)
      : exercise_(exercise), session_(std::move(session)) {}

  exercise::Definition exercise_;
  engine::Session session_;
  Extent extent_;
};

/// The record of the exercise that was most probably practised.
struct GuessedAnalysis {
  formats::AnalysisRecord record;
  const exercise::Definition* exercise = nullptr;  ///< one of those given
};

/// An analysis by each of several exercises, whose frames are handed over one by one. One
/// thread at a time.
class GuessingAnalysis {
 public:
  /// @param exercises  at least one; they must outlive the analysis. Those without the level
  /// are
  ///   left out
  /// @returns ErrorKind::usage for a level that none of them has
  static base::Result<GuessingAnalysis> create(std::span<const exercise::Definition> exercises,
                                               int level);

  /// Takes the next frame. The events are those of the first exercise, and valid until the next
  /// call.
  std::span<const engine::Event> push(const pose::PoseFrame& frame);
  /// Of the first exercise.
  [[nodiscard]] const engine::Session& session() const { return running_.front().session(); }
  /// Ends the analysis, as RunningAnalysis::finish(). The first exercise is taken unless
  /// another counts four repetitions or more, and more than twice as many.
  GuessedAnalysis finish(const SourceInfo& info, std::span<const std::string> warnings,
                         bool complete);

 private:
  std::vector<const exercise::Definition*> candidates_;
  std::vector<RunningAnalysis> running_;
};

/// A frame after the engine has scored it. The references are valid during the callback only.
struct AnalysedFrame {
  const SourceFrame& source;
  std::span<const engine::Event> events;  ///< What the session reported for this frame.
  const engine::Session& session;
};

/// Called with each frame in order, one call at a time, on any thread. An error ends the
/// analysis.
using OnAnalysedFrame = std::function<base::Result<void>(const AnalysedFrame&)>;

/// Runs the source through a session. When `stop` turns true it ends early and the record says
/// so (`complete` is false).
/// @param on_frame may be empty
/// @returns ErrorKind::usage for a level that the exercise doesn't have; else as Source::run()
base::Result<formats::AnalysisRecord> analyse(Source& source,
                                              const exercise::Definition& exercise, int level,
                                              const OnAnalysedFrame& on_frame,
                                              const std::atomic<bool>& stop);

/// Runs the source through a GuessingAnalysis.
/// @param on_frame  may be empty; it gets the events of the first exercise
/// @returns ErrorKind::usage for a level that no exercise has; else as Source::run()
base::Result<GuessedAnalysis> analyse_any(Source& source,
                                          std::span<const exercise::Definition> exercises,
                                          int level, const OnAnalysedFrame& on_frame,
                                          const std::atomic<bool>& stop);

}  // namespace matside::practice
