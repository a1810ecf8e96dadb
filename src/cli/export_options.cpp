#include "cli/export_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "cli/export_command.h"
#include "cli/records_command.h"

namespace matside::cli {
namespace {

using Format = ExportCommand::Format;

struct NamedFormat {
  std::string_view name;
  Format format;
};
constexpr std::array kFormats{
    NamedFormat{"csv", Format::csv},
    NamedFormat{"trc", Format::trc},
    NamedFormat{"c3d", Format::c3d},
    NamedFormat{"mot", Format::mot},
    NamedFormat{"openpose", Format::openpose},
    NamedFormat{"coco", Format::coco},
    NamedFormat{"mediapipe", Format::mediapipe},
    NamedFormat{"fhir", Format::fhir},
    NamedFormat{"ics", Format::ics},
    NamedFormat{"json", Format::json},
};

// Nobody is smaller or taller, and no picture of a body is coarser or finer.
constexpr double kSmallest_m = 0.5;
constexpr double kTallest_m = 2.5;
constexpr double kFinest_m = 1e-6;
constexpr double kCoarsest_m = 0.1;

constexpr const char* kExportNotes =
    "Formats: csv (joints, with the events in a second file), trc and mot (OpenSim), c3d,\n"
    "openpose (a folder), coco, mediapipe, fhir (R4), ics (saved practices only), json (the "
    "result).\n"
    "A number selects a saved practice (see matside history).\n"
    "Examples:\n"
    "  matside export practice.mp4 --format csv -o joints.csv\n"
    "  matside export 12 --format trc --height 1.72 -o practice.trc\n"
    "  matside export --all my-records";

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const NamedFormat& each : kFormats) names.emplace_back(each.name);
  return names;
}

}  // namespace

void ExportParser::describe(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      name(), "Export one practice in another format, or all your records");
  command->footer(kExportNotes);
  command
      ->add_option("INPUT|ID", source_,
                   "A video, poses (a file or a folder) or a practice's number; with --all, a "
                   "folder")
      ->required()
      ->option_text(" ");
  command->add_option("--format", format_, "The format to export")
      ->check(CLI::IsMember(format_names()))
      ->option_text("csv|trc|c3d|mot|openpose|coco|mediapipe|fhir|ics|json");
  command->add_option("-o,--output", output_, "The file to save; - means standard output")
      ->option_text("FILE|-");
  command->add_option("--height", height_m_, "For trc and c3d: the person's height in metres")
      ->check(CLI::Range(kSmallest_m, kTallest_m))
      ->option_text("M");
  command
      ->add_option("--scale", metres_per_px_,
                   "For trc and c3d, instead of --height: metres per pixel")
      ->check(CLI::Range(kFinest_m, kCoarsest_m))
      ->option_text("M");
  command->add_flag("--all", all_, "Export everything, one file per person");
  command->add_flag("--force", force_, "Overwrite existing files");
  command->add_flag("--quiet", quiet_, "Show no progress bar");
  command->add_option("--data", data_, "Records folder (default: $XDG_DATA_HOME/matside)")
      ->option_text("DIR");
  exercise_.describe(*command);
  practice_.describe(*command);
}

base::Result<Action> ExportParser::everything() const {
  if (!format_.empty() || output_) {
    return usage_error("export --all: give only a folder, without --format or --output");
  }
  RecordsCommand command;
  command.what = RecordsCommand::What::export_all;
  command.data = path_in(data_);
  command.all = true;
  command.force = force_;
  command.file = source_;
  return Action([command] { return run_records_command(command); });
}

base::Result<Action> ExportParser::action() const {
  if (all_) return everything();
  if (format_.empty())
    return usage_error("export: --format is missing; to export everything, use --all");
  if (!output_ || output_->empty()) return usage_error("export: -o FILE is missing");
  const auto practice = practice_.validated();
  if (!practice) return practice.error();
  ExportCommand command;
  const auto named = std::ranges::find(kFormats, std::string_view(format_), &NamedFormat::name);
  command.format = named->format;
  const bool in_metres = command.format == Format::trc || command.format == Format::c3d;
  if (in_metres && height_m_.has_value() == metres_per_px_.has_value()) {
    return usage_error("export: " + format_ +
                       " needs a scale; give either --height or --scale");
  }
  if (command.format == Format::openpose && *output_ == "-") {
    return usage_error("export: openpose needs a folder, not standard output");
  }
  if (command.format == Format::c3d && *output_ == "-") {
    return usage_error("export: c3d is not text and needs a file, not standard output");
  }
  command.practice = {source_, practice.value(), path_in(data_), quiet_ || *output_ == "-"};
  command.exercise = exercise_.choice();
  command.output = *output_;
  command.force = force_;
  command.height_m = height_m_;
  command.metres_per_px = metres_per_px_;
  return Action([command] { return export_practice(command); });
}

}  // namespace matside::cli
