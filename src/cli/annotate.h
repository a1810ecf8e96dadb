// `matside annotate`: a recording in, the same video out with what was seen drawn into it.
#pragma once

#include <filesystem>

#include "cli/practice_options.h"
#include "vision/video/video_writer.h"

namespace matside::cli {

struct AnnotateCommand {
  std::filesystem::path input;
  std::filesystem::path output;
  video::Container container = video::Container::mp4;
  PracticeOptions practice;
  bool sound = true;
  bool force = false;  ///< Replace a file that is there.
  bool quiet = false;
};

/// Errors go to standard error in one line. When it is interrupted, the video up to then is
/// written whole. @returns the program's exit code.
int annotate(const AnnotateCommand& command);

}  // namespace matside::cli
