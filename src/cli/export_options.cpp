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

struct Named {
  std::string_view name;
  Format format;
};
constexpr std::array kFormats{
    Named{"csv", Format::csv},   Named{"trc", Format::trc},
    Named{"mot", Format::mot},   Named{"openpose", Format::openpose},
    Named{"coco", Format::coco}, Named{"mediapipe", Format::mediapipe},
    Named{"fhir", Format::fhir}, Named{"ics", Format::ics},
    Named{"json", Format::json},
};

// Nobody is smaller or larger, and no picture shows a body coarser or finer.
constexpr double kSmallest_m = 0.5;
constexpr double kTallest_m = 2.5;
constexpr double kFinest_m = 1e-6;
constexpr double kCoarsest_m = 0.1;

constexpr const char* kExamples =
    "Formats: csv (joints, and events beside it), trc and mot (OpenSim), openpose (a folder),\n"
    "coco, mediapipe, fhir (R4), ics (of a practice in the records), json (the result).\n"
    "A number is a practice in the records, as matside history tells it.\n"
    "Examples:\n"
    "  matside export practice.mp4 --format csv -o joints.csv\n"
    "  matside export 12 --format trc --height 1.72 -o practice.trc\n"
    "  matside export --all my-records";

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Named& each : kFormats) names.emplace_back(each.name);
  return names;
}

}  // namespace

void TypedExport::describe(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand(name(), "A practice in another format, or everything kept");
  command->footer(kExamples);
  command
      ->add_option("INPUT|ID", source_,
                   "A recording, poses, or a practice's number; with --all a folder")
      ->required()
      ->option_text(" ");
  command->add_option("--format", format_, "Which format")
      ->check(CLI::IsMember(format_names()))
      ->option_text("csv|trc|mot|openpose|coco|mediapipe|fhir|ics|json");
  command->add_option("-o,--output", output_, "Where it goes; - is standard output")
      ->option_text("FILE|-");
  command->add_option("--height", height_m_, "For trc: how tall the person is, metres")
      ->check(CLI::Range(kSmallest_m, kTallest_m))
      ->option_text("M");
  command->add_option("--scale", metres_per_px_, "For trc, instead: metres a pixel")
      ->check(CLI::Range(kFinest_m, kCoarsest_m))
      ->option_text("M");
  command->add_flag("--all", all_, "Everything kept, a file for each person");
  command->add_flag("--force", force_, "Replace files that are there");
  command->add_flag("--quiet", quiet_, "No progress bar");
  command->add_option("--data", data_, "Where the records are ($XDG_DATA_HOME/matside)")
      ->option_text("DIR");
  practice_.describe(*command);
}

base::Result<Action> TypedExport::everything() const {
  if (!format_.empty() || output_) {
    return usage_error("export --all: names a folder, and has its own format");
  }
  RecordsCommand command;
  command.what = RecordsCommand::What::export_all;
  command.data = path_in(data_);
  command.all = true;
  command.force = force_;
  command.file = source_;
  return Action([command] { return keep_records(command); });
}

base::Result<Action> TypedExport::action() const {
  if (all_) return everything();
  if (format_.empty()) return usage_error("export: which --format? Or --all");
  if (!output_ || output_->empty()) return usage_error("export: where to? -o FILE is missing");
  const auto practice = practice_.checked();
  if (!practice) return practice.error();
  ExportCommand command;
  const auto named = std::ranges::find(kFormats, std::string_view(format_), &Named::name);
  command.format = named->format;
  const bool of_space = command.format == Format::trc;
  if (of_space && height_m_.has_value() == metres_per_px_.has_value()) {
    return usage_error("export: trc is in metres; say --height of the person, or --scale");
  }
  if (command.format == Format::openpose && *output_ == "-") {
    return usage_error("export: openpose needs a folder, not standard output");
  }
  command.practice = {source_, practice.value(), path_in(data_), quiet_ || *output_ == "-"};
  command.output = *output_;
  command.force = force_;
  command.height_m = height_m_;
  command.metres_per_px = metres_per_px_;
  return Action([command] { return export_practice(command); });
}

}  // namespace matside::cli
