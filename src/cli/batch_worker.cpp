#include "cli/batch_worker.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>
#include <vector>

#include "batch/result_key.h"
#include "cli/interrupt.h"
#include "core/base/printable_text.h"
#include "digest/file_digest.h"
#include "formats/base64.h"
#include "formats/laboratory_axes.h"
#include "formats/mot.h"
#include "formats/strict_json/node.h"
#include "generated/build_info.h"
#include "practice/analysis.h"
#include "practice/recording/recording.h"
#include "report/page.h"
#include "report/practice_report.h"
#include "report/report_json.h"

namespace matside::cli {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using json = nlohmann::ordered_json;

constexpr const char* kInterrupted = "interrupted";

std::string knee_angles_text(const std::vector<pose::PoseFrame>& frames,
                             const engine::Analysis& analysis,
                             const exercise::Definition& exercise) {
  std::string text = "time_s,left_deg,right_deg\n";
  for (const formats::JointAngles& now :
       formats::joint_angles(frames, analysis, exercise.measurement)) {
    const auto degrees = [&](pose::Side side) {
      const auto& angle = now.knee_flexion[pose::index(side)];
      return angle ? fmt::format("{:.1f}", angle->value()) : std::string();
    };
    const std::string left = degrees(pose::Side::left);
    const std::string right = degrees(pose::Side::right);
    if (left.empty() && right.empty()) continue;
    fmt::format_to(std::back_inserter(text), "{:.3f},{},{}\n", now.time.value(), left, right);
  }
  return text;
}

Result<SavedResult> analyse_recording(const BatchJob& job, const BatchContext& context) {
  recording::PracticeOptions options = context.data.resolve(context.practice);
  options.level = job.level;
  options.threads = 1;
  const auto source = recording::open(job.path, options, stop_requested());
  if (!source) return source.error();
  std::vector<pose::PoseFrame> frames;
  auto guessed = practice::analyse_any(
      *source.value(), context.data.candidates(), job.level,
      [&](const practice::AnalysedFrame& analysed) -> Result<void> {
        frames.push_back(analysed.source.pose);
        return {};
      },
      stop_requested());
  if (!guessed) return guessed.error();
  formats::AnalysisRecord& record = guessed.value().record;
  const exercise::Definition& exercise = *guessed.value().exercise;
  if (stop_requested()) return Error{ErrorKind::input, kInterrupted};
  SavedResult result;
  result.knee_angles = knee_angles_text(frames, record.analysis, exercise);
  if (context.report != nullptr) {
    const report::Report page = report::practice_report(job.path.filename().string(), record,
                                                        frames, exercise, report_stamp());
    result.report = report::embed_report(
        context.report->page, report::report_json(page, exercise, context.report->sources));
  }
  // The same content has the same result, wherever the file is.
  record.source.path = "recording";
  result.analysis = formats::analysis_json(record);
  return result;
}

json number_or_null(const std::optional<double>& number) {
  return number ? json(*number) : json(nullptr);
}
json text_or_null(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }
std::string text_or_empty(const strict_json::Node& node) {
  return node.is_null() ? std::string() : node.text();
}
json seconds_or_null(const std::optional<base::Seconds>& time) {
  return time ? json(time->value()) : json(nullptr);
}

}  // namespace

std::string reason_without_path(const std::string& message, const std::filesystem::path& path) {
  const std::string beginning = path.string() + ": ";
  return base::printable_line(message.starts_with(beginning) ? message.substr(beginning.size())
                                                             : message);
}

std::string kind_name(base::ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return "usage";
    case ErrorKind::output:
      return "output";
    case ErrorKind::model:
      return "model";
    case ErrorKind::input:
    case ErrorKind::not_found:
    case ErrorKind::conflict:
      break;
  }
  return "input";
}

namespace {

/// The exercises that a recording may be of.
json exercises_json(const ProgramData& data) {
  json all = json::array();
  for (const exercise::Definition& each : data.candidates()) {
    all.push_back({{"id", each.id}, {"version", each.version}});
  }
  return all;
}

}  // namespace

base::Result<std::string> batch_settings(const recording::PracticeOptions& practice,
                                         const ProgramData& data, bool reports) {
  json settings = {{"program", generated::kVersion},
                   {"build", generated::kBuild},
                   {"exercises", exercises_json(data)},
                   {"exercise_files", text_or_null(data.own_exercises_sha256)},
                   {"model", blazepose::name(practice.models.variant)},
                   {"eye", practice.models.eye},
                   {"from_s", seconds_or_null(practice.range.from)},
                   {"to_s", seconds_or_null(practice.range.to)},
                   {"fps", number_or_null(practice.poses.rate_hz)},
                   {"reports", reports}};
  const auto& size = practice.poses.size;
  settings["size"] = size ? json{size->width_px, size->height_px} : json(nullptr);
  settings["up"] =
      practice.poses.up ? json(formats::axis_name(*practice.poses.up)) : json(nullptr);
  settings["markers"] = nullptr;
  if (practice.poses.markers) {
    const auto sha256 = digest::sha256_file(*practice.poses.markers);
    if (!sha256) return sha256.error();
    settings["markers"] = sha256.value();
  }
  return settings.dump();
}

std::string line_of(const BatchJob& job) {
  // A path may be any bytes.
  return json{{"number", job.number},
              {"path", formats::base64(job.path.string())},
              {"level", job.level}}
      .dump();
}

std::string line_of(const BatchAnswer& answer) {
  return json{{"number", answer.number},
              {"key", text_or_null(answer.key)},
              {"reused", answer.reused},
              {"kind", text_or_null(answer.kind)},
              {"reason", text_or_null(answer.reason)}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<BatchJob> job_in(const std::string& line) {
  strict_json::FirstError problem("job");
  const nlohmann::json document = strict_json::parse_strictly(line, problem);
  const strict_json::Node root(document, problem);
  BatchJob job;
  job.number = static_cast<std::size_t>(root["number"].whole_number(0, 1'000'000'000));
  job.level = root["level"].whole_number(0, 1000);
  const auto path = formats::from_base64(root["path"].text());
  if (problem.first() || !path) return std::nullopt;
  job.path = *path;
  return job;
}

std::optional<BatchAnswer> answer_in(const std::string& line) {
  strict_json::FirstError problem("answer");
  const nlohmann::json document = strict_json::parse_strictly(line, problem);
  const strict_json::Node root(document, problem);
  BatchAnswer answer;
  answer.number = static_cast<std::size_t>(root["number"].whole_number(0, 1'000'000'000));
  answer.key = text_or_empty(root["key"]);
  answer.reused = root["reused"].boolean();
  answer.kind = text_or_empty(root["kind"]);
  answer.reason = text_or_empty(root["reason"]);
  if (problem.first()) return std::nullopt;
  return answer;
}

BatchAnswer run_job(const BatchJob& job, const BatchContext& context) {
  BatchAnswer answer;
  answer.number = job.number;
  const auto fail_with = [&](const Error& error) {
    answer.kind = stop_requested() ? kInterrupted : kind_name(error.kind);
    answer.reason = reason_without_path(error.message, job.path);
    return answer;
  };
  const auto content = batch::content_digest(job.path, stop_requested());
  if (!content) return fail_with(content.error());
  const std::string key = batch::result_key(
      content.value(), context.settings + " level " + std::to_string(job.level));
  if (const auto saved = context.folder.read(key)) {
    answer.key = key;
    answer.reused = true;
    answer.kind = saved->failure_kind;
    answer.reason = saved->reason;
    return answer;
  }
  auto result = analyse_recording(job, context);
  SavedResult saved;
  if (result) {
    saved = std::move(result).value();
  } else {
    (void)fail_with(result.error());
    const bool lasting = answer.kind == "input" || answer.kind == "usage";
    if (!lasting) return answer;
    saved.failure_kind = answer.kind;
    saved.reason = answer.reason;
  }
  if (auto written = context.folder.save(key, saved); !written)
    return fail_with(written.error());
  answer.key = key;
  return answer;
}

}  // namespace matside::cli
