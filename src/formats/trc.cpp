#include "formats/trc.h"

#include <fmt/format.h>

#include <iterator>
#include <optional>

#include "core/kinematics/body_frame.h"
#include "core/signal/samples.h"
#include "formats/marker_names.h"
#include "formats/regular_frames.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;
using pose::Landmark;

constexpr double kLegOfHeight = 0.491;

}  // namespace

std::string trc_text(const std::vector<pose::PoseFrame>& recorded, double metres_per_px,
                     const std::string& file_name) {
  const RegularFrames regular = at_equal_intervals(recorded);
  const std::vector<pose::PoseFrame>& frames = regular.frames;
  const base::ImageSize size = frames.front().image_size;
  const double span_s = (recorded.back().time - recorded.front().time).value();
  const auto count = static_cast<double>(recorded.size());
  const double recorded_rate_hz = span_s > 0.0 ? (count - 1.0) / span_s : 1.0;
  std::string text =
      fmt::format("PathFileType\t4\t(X/Y/Z)\t{}\t{}{}x{}\t{}{:.9f}\n", file_name,
                  kTrcPictureMark, size.width_px, size.height_px, kTrcScaleMark, metres_per_px);
  text +=
      "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
      "OrigNumFrames\n";
  text += fmt::format("{0:.4f}\t{0:.4f}\t{1}\t{2}\tm\t{3:.4f}\t1\t{4}\n", regular.rate_hz,
                      frames.size(), pose::kLandmarkCount, recorded_rate_hz, recorded.size());
  std::string names = "Frame#\tTime";
  std::string axes = "\t";
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    names += fmt::format("\t{}{}", marker_name(static_cast<Landmark>(i)),
                         i + 1 < pose::kLandmarkCount ? "\t\t" : "");
    axes += fmt::format("\tX{0}\tY{0}\tZ{0}", i + 1);
  }
  text += names + "\n" + axes + "\n\n";
  for (const pose::PoseFrame& frame : frames) {
    fmt::format_to(std::back_inserter(text), "{}\t{:.6f}", frame.frame_index + 1,
                   frame.time.value());
    for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
      const auto at = frame.pose
                          ? frame.pose->at(static_cast<Landmark>(i), kinematics::kMinJointScore)
                          : std::optional<base::ImagePoint>();
      if (!at) {
        text += "\t\t\t";
        continue;
      }
      fmt::format_to(std::back_inserter(text), "\t{:.7f}\t{:.7f}\t0", at->x_px * metres_per_px,
                     (size.height_px - at->y_px) * metres_per_px);
    }
    text += "\n";
  }
  return text;
}

base::Result<double> metres_per_px(const std::vector<pose::PoseFrame>& frames,
                                   double height_m) {
  std::vector<double> lengths_px;
  for (const pose::PoseFrame& frame : frames) {
    const auto body = kinematics::measure(frame, kinematics::kMinJointScore);
    if (!body) continue;
    const auto& leg = body->legs[pose::index(kinematics::near_side(body->head_direction))];
    if (leg) lengths_px.push_back(leg->thigh_px + leg->shank_px);
  }
  const auto leg_px = signal::median(lengths_px);
  if (!leg_px || !(*leg_px > 0.0)) {
    return Error{ErrorKind::input, "no leg is visible, so the scale is unknown"};
  }
  return kLegOfHeight * height_m / *leg_px;
}

}  // namespace matside::formats
