// `matside annotate`: re-encodes a video with an overlay: skeleton, angles, counts and cues.
#pragma once

#include <filesystem>

#include "cli/program_data.h"
#include "practice/recording/options.h"
#include "vision/video/video_writer.h"

namespace matside::cli {

/// The options of `matside annotate`, validated.
struct AnnotateCommand {
  std::filesystem::path input;
  std::filesystem::path output;
  video::Container container = video::Container::mp4;
  recording::PracticeOptions practice;
  ExerciseChoice exercise;
  bool sound = true;   ///< Copy the sound.
  bool force = false;  ///< Overwrite an existing file.
  bool quiet = false;  ///< No progress bar and no summary.
};

/// Writes the annotated video. When it is interrupted, the part so far is saved as a complete
/// video. Errors go to standard error, one line.
/// @returns the program's exit code
int annotate(const AnnotateCommand& command);

}  // namespace matside::cli
