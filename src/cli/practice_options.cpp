#include "cli/practice_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <thread>

#include "cli/typed_command.h"
#include "formats/imported_poses.h"

namespace matside::cli {
namespace {

constexpr int kMostThreads = 256;
// One picture in ten thousand hours: beyond it, a mistake.
constexpr double kLatest_s = 3.6e7;
constexpr double kSlowestCamera_hz = 1.0;
constexpr std::array kVariants{blazepose::Variant::lite, blazepose::Variant::full,
                               blazepose::Variant::heavy};

base::Result<std::optional<base::Seconds>> checked_time(const std::string& option,
                                                        const std::optional<double>& time_s) {
  if (!time_s) return std::optional<base::Seconds>();
  if (*time_s >= 0.0 && *time_s <= kLatest_s) return std::optional(base::Seconds(*time_s));
  return usage_error(option + ": must be a time in seconds, not below 0");
}

std::optional<base::ImageSize> size_in(const std::string& text) {
  base::ImageSize size{};
  const char* const end = text.data() + text.size();
  const auto [cross, no_width] = std::from_chars(text.data(), end, size.width_px);
  if (no_width != std::errc() || cross == end || *cross != 'x') return std::nullopt;
  const auto [last, no_height] = std::from_chars(cross + 1, end, size.height_px);
  const auto good = [](int pixels) { return pixels > 0 && pixels <= formats::kMostPixels; };
  if (no_height != std::errc() || last != end) return std::nullopt;
  if (!good(size.width_px) || !good(size.height_px)) return std::nullopt;
  return size;
}

}  // namespace

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

void TypedPoses::describe(CLI::App& command) {
  command.add_option("--size", size_, "For poses: the size of the pictures they were found in")
      ->option_text("WxH");
  command.add_option("--fps", rate_hz_, "For poses: pictures a second")
      ->check(CLI::Range(kSlowestCamera_hz, formats::kFastestCamera_hz))
      ->option_text("N");
  command
      .add_option("--markers", markers_,
                  "For a TRC: which marker is which joint, lines of MARKER,LANDMARK")
      ->option_text("FILE");
}

base::Result<PoseOptions> TypedPoses::checked() const {
  PoseOptions options;
  if (!size_.empty()) {
    options.size = size_in(size_);
    if (!options.size) return usage_error("--size: such as 1280x720");
  }
  options.rate_hz = rate_hz_;
  options.markers = path_in(markers_);
  return options;
}

void TypedPractice::describe(CLI::App& command) {
  command.add_option("--level", level_, "Level of the exercise (1)")
      ->check(CLI::Range(0, 3))
      ->option_text("0..3");
  command.add_option("--model", model_, "Pose network: faster, or more exact (full)")
      ->check(CLI::IsMember(model_names()))
      ->option_text("lite|full|heavy");
  command.add_flag("--no-eye", no_eye_,
                   "Without the eye for lying bodies, which helps the model full");
  command.add_option("--threads", threads_, "Processor cores to use (all)")
      ->check(CLI::Range(1, kMostThreads))
      ->option_text("N");
  command.add_option("--from", from_s_, "Begin at this time of the recording, seconds")
      ->option_text("S");
  command.add_option("--to", to_s_, "End at this time of the recording, seconds")
      ->option_text("S");
  poses_.describe(command);
}

base::Result<PracticeOptions> TypedPractice::checked() const {
  PracticeOptions options;
  options.level = level_;
  options.model = variant_named(model_);
  options.eye = !no_eye_;
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  options.threads = threads_ > 0 ? threads_ : std::clamp(cores, 1, kMostThreads);
  const auto from = checked_time("--from", from_s_);
  if (!from) return from.error();
  const auto to = checked_time("--to", to_s_);
  if (!to) return to.error();
  options.span = {from.value(), to.value()};
  if (from_s_ && to_s_ && *from_s_ >= *to_s_) {
    return usage_error("--from must be before --to");
  }
  const auto poses = poses_.checked();
  if (!poses) return poses.error();
  options.poses = poses.value();
  return options;
}

}  // namespace matside::cli
