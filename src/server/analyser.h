// What analyses a recorded video that the page has uploaded.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "core/base/result.h"
#include "protocol/analysis_protocol.h"

namespace matside::server {

/// What to analyse.
struct AnalysisRequest {
  std::filesystem::path path;  ///< Readable until the analyser returns.
  protocol::AnalysisQuery as = {};
  const std::atomic<bool>* stop = nullptr;  ///< Becomes true when the result is not wanted.
  /// Reports the share done, 0 to 1. Any thread may call it.
  std::function<void(double share)> progress;
};

/// Analyses a recording. Called on the vision thread. Its error's message is shown to the
/// person; ErrorKind::input means that the file is not a video.
using Analyser = std::function<base::Result<protocol::AnalysisResult>(const AnalysisRequest&)>;

}  // namespace matside::server
