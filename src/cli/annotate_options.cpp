#include "cli/annotate_options.h"

#include <CLI/CLI.hpp>

#include "cli/annotate_command.h"

namespace matside::cli {
namespace {

constexpr const char* kAnnotateNotes =
    "The overlay shows the skeleton, the angle of the bent knee or of what else is counted,\n"
    "the counts, the phase of the movement, the kicks or peaks and a teacher's cues. Frame\n"
    "times and sound are left unchanged.\n"
    "Without --exercise, a video of another exercise than the single-leg kick is recognised\n"
    "at its end, and annotated in a second pass.\n"
    "Examples:\n"
    "  matside annotate practice.mp4 -o annotated.mp4\n"
    "  matside annotate practice.mov -o part.mkv --from 30 --to 90 --no-sound";

}  // namespace

void AnnotateParser::describe(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      name(), "Re-encode a video with an overlay: skeleton, angles, counts and cues");
  command->footer(kAnnotateNotes);
  command->add_option("VIDEO", input_, "Video file (poses have no pictures to annotate)")
      ->required()
      ->option_text(" ");
  command->add_option("-o,--output", output_, "The video file to create: .mp4, .mov or .mkv")
      ->required()
      ->option_text("OUT");
  exercise_.describe(*command);
  practice_.describe(*command, PracticeOptionsParser::Inputs::videos);
  command->add_flag("--no-sound", no_sound_, "Leave out the sound");
  command->add_flag("--force", force_, "Overwrite an existing file");
  command->add_flag("--quiet", quiet_, "Show no progress bar and no summary");
}

base::Result<Action> AnnotateParser::action() const {
  const auto practice = practice_.validated();
  if (!practice) return practice.error();
  const auto container = video::container_of(output_);
  if (!container) {
    return usage_error("--output " + output_ + ": the name must end in .mp4, .mov or .mkv");
  }
  AnnotateCommand command;
  command.input = input_;
  command.output = output_;
  command.container = *container;
  command.practice = practice.value();
  command.exercise = exercise_.choice();
  command.sound = !no_sound_;
  command.force = force_;
  command.quiet = quiet_;
  return Action([command] { return annotate(command); });
}

}  // namespace matside::cli
