// From a source to the record of its analysis: the only place where a source's frames meet the
// engine, for the command line, the server and the report (saved practices: records/replay.h).
#pragma once

#include <atomic>
#include <functional>
#include <span>

#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"
#include "formats/analysis_json.h"
#include "practice/source.h"

namespace matside::practice {

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

}  // namespace matside::practice
