#include "cli/analyze_options.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <system_error>

#include "cli/analyze_command.h"
#include "cli/clock.h"
#include "cli/recording_date.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAnalyzeNotes =
    "Without --json, the full result is saved as results/NAME.analysis.json in the current "
    "folder.\n"
    "It replaces an earlier result of the same recording.\n"
    "With several inputs, --json and --poses must name folders.\n"
    "Examples:\n"
    "  matside analyze practice.mp4 --level 2\n"
    "  matside analyze practice.mp4 --from 30 --to 90 --json - --poses poses.csv\n"
    "  matside analyze openpose-folder --size 1280x720 --fps 30";

/// Several inputs need a folder for each kind of output; a single one takes either.
base::Result<void> check_output(const std::string& option,
                                const std::optional<std::string>& path, bool several) {
  std::error_code ignored;
  if (!path) return {};
  if (path->empty()) return usage_error(option + ": must name a file or a folder");
  if (several && !fs::is_directory(*path, ignored)) {
    return usage_error(option + ": must be an existing folder when there are several inputs");
  }
  return {};
}

}  // namespace

void AnalyzeParser::describe(CLI::App& program) {
  CLI::App* command = program.add_subcommand(name(), "Analyse videos, photos or pose files");
  command->footer(kAnalyzeNotes);
  command
      ->add_option(
          "INPUT", inputs_,
          "Videos, photos, or poses: OpenPose, Pose2Sim and YOLO (a folder), MediaPipe, "
          "COCO, Halpe, MMPose, DeepLabCut, SLEAP, TRC, C3D")
      ->required()
      ->option_text(" ");
  exercise_.describe(*command);
  practice_.describe(*command);
  command->add_option("--json", json_, "Where to save the full result; - means standard output")
      ->option_text("FILE|-");
  command->add_option("--poses", poses_, "Also save the pose in every frame, as a table")
      ->option_text("FILE.csv");
  command->add_flag("--force", force_, "Overwrite existing files");
  command->add_flag("--quiet", quiet_, "Show no progress bar and no summary");
  command->add_flag("--record", record_, "Also save the result to your records as a practice");
  command
      ->add_option("--person", person_,
                   "For --record: name of the person, if several share the records")
      ->option_text("NAME");
  command->add_option("--data", data_, "For --record: the records folder")->option_text("DIR");
  command->add_flag("--again", again_,
                    "For --record: save it even if the records have this recording already");
  command->add_option("--date", date_, kDateOptionText)->option_text("DATE");
}

base::Result<void> AnalyzeParser::check_outputs() const {
  const bool several = inputs_.size() > 1;
  if (auto json = check_output("--json", json_, several); !json) return json;
  if (auto poses = check_output("--poses", poses_, several); !poses) return poses;
  if (poses_ == "-") return usage_error("--poses: must be a file, not standard output");
  std::error_code ignored;
  if (json_ && json_ == poses_ && !fs::is_directory(*json_, ignored)) {
    return usage_error("--json and --poses name the same file; choose two different files");
  }
  return {};
}

base::Result<Action> AnalyzeParser::action() const {
  const auto practice = practice_.validated();
  if (!practice) return practice.error();
  if (auto outputs = check_outputs(); !outputs) return outputs.error();
  AnalyzeCommand command;
  if (date_) {
    if (inputs_.size() > 1) {
      return usage_error("--date: works with a single input; analyse the others separately");
    }
    const auto date = parse_date_option(*date_, now());
    if (!date) return date.error();
    command.date = date.value();
  }
  command.again = again_;
  command.inputs.assign(inputs_.begin(), inputs_.end());
  command.practice = practice.value();
  command.exercise = exercise_.choice();
  command.json = path_in(json_);
  command.poses = path_in(poses_);
  command.force = force_;
  command.quiet = quiet_;
  command.record = record_;
  command.person = person_;
  command.data = path_in(data_);
  return Action([command] { return analyze(command); });
}

}  // namespace matside::cli
