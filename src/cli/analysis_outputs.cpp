#include "cli/analysis_outputs.h"

#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "formats/analysis_json.h"
#include "formats/strict_json/node.h"
#include "practice/recording/text_file.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPosesMark = "frame,t_s,nose_x";
constexpr int kMaxNameSuffix = 1000;

/// Whether `path` is free, or has the analysis of an input with this checksum.
bool is_for(const fs::path& path, const std::string& sha256) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return true;
  const auto text = recording::read_text_file(path);
  if (!text) return false;
  strict_json::FirstError ignored_problem(path.string());
  const auto json = strict_json::parse_strictly(text.value(), ignored_problem);
  const auto pointer = nlohmann::json::json_pointer("/source/sha256");
  return json.is_object() && json.contains(pointer) && json.at(pointer) == sha256;
}

/// The name for this input's files in `folder`.
std::string name_in(const fs::path& folder, const OutputRequest& request) {
  const std::string stem = request.input.stem().string();
  std::string name = stem;
  for (int n = 2; n <= kMaxNameSuffix; ++n) {
    if (is_for(folder / (name + ".analysis.json"), request.input_sha256)) break;
    name = stem + "-" + std::to_string(n);
  }
  return name;
}

base::Result<fs::path> default_folder() {
  const fs::path folder = "results";
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return folder;
  return base::Error{base::ErrorKind::output,
                     folder.string() + ": cannot be created in the current folder (" +
                         error.message() + "); name a file with --json"};
}

}  // namespace

base::Result<Outputs> open_outputs(const OutputRequest& request) {
  std::error_code ignored;
  const bool to_standard_output = request.json == "-";
  fs::path result = request.json.value_or("");
  if (!request.json) {
    auto folder = default_folder();
    if (!folder) return folder.error();
    result = std::move(folder).value();
  }
  OverwritePolicy overwriting{.forced = request.force, .inputs = request.all_inputs};
  std::string name = request.input.stem().string();
  if (!to_standard_output && fs::is_directory(result, ignored)) {
    name = name_in(result, request);
    result /= name + ".analysis.json";
    overwriting.own_signature = formats::kQuotedResultSchema;
  }
  Outputs outputs;
  if (!to_standard_output) {
    auto file = OutputFile::open(result, overwriting);
    if (!file) return file.error();
    outputs.result = std::move(file).value();
  }
  if (request.poses) {
    const bool folder = fs::is_directory(*request.poses, ignored);
    overwriting.own_signature = folder ? kPosesMark : std::string_view();
    auto file = OutputFile::open(
        folder ? *request.poses / (name + ".poses.csv") : *request.poses, overwriting);
    if (!file) return file.error();
    outputs.poses = std::move(file).value();
  }
  return outputs;
}

}  // namespace matside::cli
