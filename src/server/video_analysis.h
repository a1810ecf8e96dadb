// Analyses the videos that the page sends, as `matside analyze` does.
//
// Any thread may create an analyser; the server calls it on the vision thread.
#pragma once

#include <filesystem>
#include <vector>

#include "core/exercise/definition.h"
#include "server/analyser.h"

namespace matside::server {

/// An analyser that uses all processor cores, and tells which of the exercises is practised if
/// none is asked for. In its results and errors the file is called
/// "recording", since the page sends no name. Fails as recording::VideoSource::open and
/// practice::analyse_any do.
/// @param models the network files' folder; the default network is used
/// @param exercises the usual one first
Analyser video_analyser(std::filesystem::path models,
                        std::vector<exercise::Definition> exercises);

}  // namespace matside::server
