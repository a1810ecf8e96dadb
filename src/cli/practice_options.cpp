#include "cli/practice_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <system_error>
#include <thread>

#include "cli/command_parser.h"
#include "formats/imported_poses.h"
#include "generated/build_info.h"

namespace matside::cli {
namespace {

constexpr int kMaxThreads = 256;
// Ten thousand hours; a larger time is a mistake.
constexpr double kMaxTime_s = 3.6e7;
constexpr double kSlowestCamera_hz = 1.0;
constexpr std::array kVariants{blazepose::Variant::lite, blazepose::Variant::full,
                               blazepose::Variant::heavy};

base::Result<std::optional<base::Seconds>> checked_time(const std::string& option,
                                                        const std::optional<double>& time_s) {
  if (!time_s) return std::optional<base::Seconds>();
  if (*time_s >= 0.0 && *time_s <= kMaxTime_s) return std::optional(base::Seconds(*time_s));
  return usage_error(option + ": must be a time in seconds, 0 or more");
}

std::optional<base::ImageSize> size_in(const std::string& text) {
  base::ImageSize size{};
  const char* const end = text.data() + text.size();
  const auto [cross, no_width] = std::from_chars(text.data(), end, size.width_px);
  if (no_width != std::errc() || cross == end || *cross != 'x') return std::nullopt;
  const auto [last, no_height] = std::from_chars(cross + 1, end, size.height_px);
  const auto good = [](int pixels) {
    return pixels > 0 && pixels <= formats::kMaxImageSide_px;
  };
  if (no_height != std::errc() || last != end) return std::nullopt;
  if (!good(size.width_px) || !good(size.height_px)) return std::nullopt;
  return size;
}

}  // namespace

int highest_level() { return generated::kHighestLevel; }

std::string level_range_text() { return "0.." + std::to_string(highest_level()); }

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const auto variant : kVariants) names.emplace_back(blazepose::name(variant));
  return names;
}

blazepose::Variant variant_named(const std::string& name) {
  const auto found = std::ranges::find_if(
      kVariants, [&](const auto variant) { return name == blazepose::name(variant); });
  return found == kVariants.end() ? blazepose::Variant::full : *found;
}

std::optional<std::filesystem::path> path_in(const std::optional<std::string>& typed) {
  if (!typed) return std::nullopt;
  return std::filesystem::path(*typed);
}

void PoseFileOptionsParser::describe(CLI::App& command) {
  command.add_option("--size", size_, "For pose files: picture size in pixels")
      ->option_text("WxH");
  command.add_option("--fps", rate_hz_, "For pose files: frames per second")
      ->check(CLI::Range(kSlowestCamera_hz, formats::kMaxFrameRate_hz))
      ->option_text("N");
  command
      .add_option("--markers", markers_,
                  "For TRC, C3D, DeepLabCut and SLEAP files: a file of marker names, with one "
                  "MARKER,LANDMARK pair per line")
      ->option_text("FILE");
  command
      .add_option(
          "--up", up_,
          "For TRC and C3D files: the axis that points up; a negative one as --up=-y (default: "
          "as the file says, or found from the body)")
      ->option_text("x|y|z|-x|-y|-z");
}

base::Result<recording::PoseFileOptions> PoseFileOptionsParser::validated() const {
  recording::PoseFileOptions options;
  if (!size_.empty()) {
    options.size = size_in(size_);
    if (!options.size)
      return usage_error("--size: must be WIDTHxHEIGHT in pixels, such as 1280x720");
  }
  options.rate_hz = rate_hz_;
  options.markers = path_in(markers_);
  if (!up_.empty()) {
    options.up = formats::up_axis_named(up_);
    if (!options.up) return usage_error("--up: must be x, y, z, -x, -y or -z");
  }
  return options;
}

void PracticeOptionsParser::describe(CLI::App& command, Inputs inputs) {
  command.add_option("--level", level_, "Level of the exercise (default: 1)")
      ->check(CLI::Range(0, highest_level()))
      ->option_text(level_range_text());
  command
      .add_option("--model", model_,
                  "Pose network, from fastest to most accurate (default: full)")
      ->check(CLI::IsMember(model_names()))
      ->option_text("lite|full|heavy");
  command.add_flag("--no-eye", no_eye_,
                   "With full: don't use Matside's own model for people lying down");
  command.add_option("--threads", threads_, "Number of processor cores to use (default: all)")
      ->check(CLI::Range(1, kMaxThreads))
      ->option_text("N");
  command.add_option("--from", from_s_, "Start at this time, in seconds")->option_text("S");
  command.add_option("--to", to_s_, "End at this time, in seconds")->option_text("S");
  if (inputs == Inputs::videos_and_poses) poses_.describe(command);
}

base::Result<recording::PracticeOptions> PracticeOptionsParser::validated() const {
  recording::PracticeOptions options;
  options.level = level_;
  options.models.variant = variant_named(model_);
  options.models.eye = !no_eye_;
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  options.threads = threads_ > 0 ? threads_ : std::clamp(cores, 1, kMaxThreads);
  const auto from = checked_time("--from", from_s_);
  if (!from) return from.error();
  const auto to = checked_time("--to", to_s_);
  if (!to) return to.error();
  options.range = {from.value(), to.value()};
  if (from_s_ && to_s_ && *from_s_ >= *to_s_) {
    return usage_error("--from must be before --to");
  }
  const auto poses = poses_.validated();
  if (!poses) return poses.error();
  options.poses = poses.value();
  return options;
}

}  // namespace matside::cli
