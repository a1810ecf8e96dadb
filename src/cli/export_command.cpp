#include "cli/export_command.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/output_folder.h"
#include "cli/program_data.h"
#include "digest/digest.h"
#include "formats/c3d.h"
#include "formats/coco.h"
#include "formats/fhir.h"
#include "formats/mediapipe.h"
#include "formats/mot.h"
#include "formats/openpose.h"
#include "formats/tidy_csv.h"
#include "formats/trc.h"
#include "generated/build_info.h"
#include "records/json_documents.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using exercise::Definition;
using Format = ExportCommand::Format;

std::int64_t whole_seconds(base::Seconds time) { return std::llround(time.value()); }

/// OUT.csv has its events in OUT.events.csv.
fs::path events_path(const fs::path& keypoints) {
  fs::path path = keypoints;
  return path.replace_extension(".events" + keypoints.extension().string());
}

base::Result<double> scale_of(const ExportCommand& command, const LoadedPractice& practice) {
  if (command.metres_per_px) return *command.metres_per_px;
  auto scale = formats::metres_per_px(practice.frames, *command.height_m);
  if (!scale) return Error{scale.error().kind, practice.name + ": " + scale.error().message};
  return scale;
}

std::string fhir_text(const LoadedPractice& practice, const Definition& exercise) {
  formats::FhirContext context;
  context.version = generated::kVersion;
  std::string seed = practice.record.source.sha256;
  if (practice.saved) {
    const records::Practice& saved = *practice.saved;
    const plan::Instant end{saved.start.unix_s + whole_seconds(saved.duration)};
    context.start = records::iso_text(saved.start, saved.utc_offset_min);
    context.end = records::iso_text(end, saved.utc_offset_min);
    context.comfort_before = saved.comfort.before;
    context.comfort_after = saved.comfort.after;
    context.self_reported = saved.origin == records::Origin::sound;
    context.person = practice.person->uid;
    seed += *context.start + practice.person->uid + std::to_string(saved.id);
  } else if (const auto& recorded = practice.record.source.date.time) {
    context.start = base::iso_text(*recorded);
    context.end =
        base::iso_text({recorded->unix_s + whole_seconds(practice.record.source.duration),
                        recorded->utc_offset_min});
  }
  context.seed = digest::sha256_hex(std::as_bytes(std::span(seed)));
  return formats::fhir_json(practice.record, exercise, context);
}

base::Result<std::string> text_of(const ExportCommand& command,
                                  const LoadedPractice& practice) {
  const Definition& exercise = practice.exercise;
  switch (command.format) {
    case Format::csv:
      return formats::keypoints_csv(practice.frames);
    case Format::trc: {
      const auto scale = scale_of(command, practice);
      if (!scale) return scale.error();
      return formats::trc_text(practice.frames, scale.value(),
                               command.output.filename().string());
    }
    case Format::c3d: {
      const auto scale = scale_of(command, practice);
      if (!scale) return scale.error();
      return formats::c3d_bytes(practice.frames, practice.record.analysis, scale.value());
    }
    case Format::mot:
      return formats::mot_text(formats::joint_angles(practice.frames, practice.record.analysis,
                                                     exercise.measurement),
                               command.output.stem().string());
    case Format::coco:
      return formats::coco_json(practice.frames);
    case Format::mediapipe:
      return formats::mediapipe_json(practice.frames);
    case Format::fhir:
      return fhir_text(practice, exercise);
    case Format::ics:
      return records::practice_calendar(*practice.saved, *practice.person, exercise);
    case Format::json:
    case Format::openpose:
      break;
  }
  return formats::analysis_json(practice.record);
}

/// Refuses a practice that lacks what the format needs.
base::Result<void> check(const ExportCommand& command, const LoadedPractice& practice) {
  const bool of_poses = command.format != Format::fhir && command.format != Format::ics &&
                        command.format != Format::json;
  if (of_poses && practice.frames.empty()) {
    return Error{ErrorKind::input,
                 practice.name +
                     ": has no poses because it used no camera; export it as fhir, "
                     "ics or json"};
  }
  if (command.format == Format::ics && !practice.saved) {
    return Error{ErrorKind::usage,
                 practice.name +
                     ": a calendar needs a date, which only saved practices have; see "
                     "their numbers with matside history"};
  }
  return {};
}

base::Result<void> write_folder(OutputFolder folder, const ExportCommand& command,
                                const LoadedPractice& practice) {
  const fs::path& path = command.output;
  const std::string stem =
      (path.filename().empty() ? path.parent_path() : path).filename().string();
  for (const pose::PoseFrame& frame : practice.frames) {
    if (auto written = folder.write(formats::openpose_file_name(stem, frame.frame_index),
                                    formats::openpose_json(frame));
        !written) {
      return written;
    }
  }
  return folder.commit();
}

base::Result<void> write_file(OutputFile file, std::string_view text) {
  if (auto written = file.write(text); !written) return written;
  return file.commit();
}

base::Result<LoadedPractice> load(const ExportCommand& command, const ProgramData& data) {
  auto practice = load_practice(command.practice, data);
  if (!practice) return practice;
  if (stop_requested()) return Error{ErrorKind::input, practice.value().name + ": stopped"};
  if (auto good = check(command, practice.value()); !good) return good.error();
  if (!command.practice.quiet) {
    auto told = write_to_standard_output(practice.value().recognised);
    if (!told) return told.error();
  }
  return practice;
}

base::Result<void> export_to_folder(const ExportCommand& command, const ProgramData& data) {
  auto folder = OutputFolder::open(command.output, command.force, [](const std::string& name) {
    return formats::openpose_frame(name).has_value();
  });
  if (!folder) return folder.error();
  const auto practice = load(command, data);
  if (!practice) return practice.error();
  return write_folder(std::move(folder).value(), command, practice.value());
}

base::Result<void> export_to_file(const ExportCommand& command, const ProgramData& data) {
  std::vector<fs::path> inputs{command.practice.source};
  const OverwritePolicy overwriting{.forced = command.force, .inputs = inputs};
  const bool to_standard_output = command.output == "-";
  std::optional<OutputFile> file;
  std::optional<OutputFile> events;
  if (!to_standard_output) {
    auto opened = OutputFile::open(command.output, overwriting);
    if (!opened) return opened.error();
    file = std::move(opened).value();
    if (command.format == Format::csv) {
      auto beside = OutputFile::open(events_path(command.output), overwriting);
      if (!beside) return beside.error();
      events = std::move(beside).value();
    }
  }
  const auto practice = load(command, data);
  if (!practice) return practice.error();
  const auto text = text_of(command, practice.value());
  if (!text) return text.error();
  if (!file) return write_to_standard_output(text.value());
  if (auto written = write_file(std::move(*file), text.value()); !written) return written;
  if (!events) return {};
  return write_file(std::move(*events), formats::events_csv(practice.value().record.analysis));
}

base::Result<void> run(const ExportCommand& command) {
  const auto data = load_program_data(command.exercise);
  if (!data) return data.error();
  return command.format == Format::openpose ? export_to_folder(command, data.value())
                                            : export_to_file(command, data.value());
}

}  // namespace

int export_practice(const ExportCommand& command) {
  const auto done = run(command);
  if (stop_requested()) return report_interrupted(command.practice.source, done.ok());
  return done ? kExitOk : fail(done.error());
}

}  // namespace matside::cli
