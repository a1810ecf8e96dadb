#include "cli/annotate_options.h"

#include <CLI/CLI.hpp>

#include "cli/annotate.h"

namespace matside::cli {
namespace {

constexpr const char* kExamples =
    "Draws the skeleton, the angle of the bent knee, the counts, the phase, the kicks and what "
    "a\n"
    "teacher would say into the video. Pictures keep their times, the sound is copied as it "
    "is.\n"
    "Examples:\n"
    "  matside annotate practice.mp4 -o annotated.mp4\n"
    "  matside annotate practice.mov -o part.mkv --from 30 --to 90 --no-sound";

}  // namespace

void TypedAnnotate::describe(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand(name(), "Draw what was seen into a copy of a video");
  command->footer(kExamples);
  command->add_option("VIDEO", input_, "Video file")->required()->option_text(" ");
  command->add_option("-o,--output", output_, "The video to write: .mp4, .mov or .mkv")
      ->required()
      ->option_text("OUT");
  practice_.describe(*command);
  command->add_flag("--no-sound", no_sound_, "Leave the sound out");
  command->add_flag("--force", force_, "Replace a file that is there");
  command->add_flag("--quiet", quiet_, "No progress bar and no summary");
}

base::Result<Action> TypedAnnotate::action() const {
  const auto practice = practice_.checked();
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
  command.sound = !no_sound_;
  command.force = force_;
  command.quiet = quiet_;
  return Action([command] { return annotate(command); });
}

}  // namespace matside::cli
