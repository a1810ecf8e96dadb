// Analyses the videos that the page sends, as `matside analyze` does.
#pragma once

#include <filesystem>

#include "core/exercise/definition.h"
#include "server/analysis_protocol.h"

namespace matside::server {

/// An analyser that uses all processor cores. In its results and errors the file is called
/// "recording", since the page sends no name.
/// @param models the network files' folder; the default network is used
Analyser video_analyser(std::filesystem::path models, exercise::Definition exercise);

}  // namespace matside::server
