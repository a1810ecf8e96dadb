#include "tools/accuracy/parameter_sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/support/random_practice.h"

namespace matside::accuracy {
namespace {

using support::Practice;

using Apply = std::function<void(Practice&, double)>;

Axis axis(const std::string& name, const std::string& unit, const std::vector<double>& values,
          const Apply& apply) {
  Axis out{name, {}};
  for (const double value : values) {
    out.settings.push_back(
        {fmt::format("{}{}", value, unit), [=](Practice& p) { apply(p, value); }});
  }
  return out;
}

// A frame rate is also that of a webcam in the dark: no times of its own.
void set_rate(Practice& p, double fps) {
  p.fps = fps;
  p.frames_skipped = 0.0;
}

void set_height(Practice& p, double height_m) {
  p.camera.distance_m *= std::max(1.0, height_m / p.body.height_m);
  p.body.height_m = height_m;
}

// Pushed while the third repetition is under way.
void push_camera(Practice& p, double turn_deg) {
  if (turn_deg == 0.0) return;
  support::Camera after = p.camera;
  after.yaw_deg -= turn_deg;
  after.roll_deg += 0.2 * turn_deg;
  after.distance_m *= 1.0 + 0.01 * turn_deg;
  constexpr std::size_t kDuring = 2;
  p.camera_move = {perform(p).repetitions.at(kDuring).start_s + 1.0, after};
}

}  // namespace

std::vector<Axis> parameter_axes() {
  return {
      axis("Frames per second", "", {10, 12, 15, 20, 24, 30, 60}, set_rate),
      axis("Errors of the network, relative to the measured ones", "", {0.5, 1, 1.5, 2, 3, 4},
           [](Practice& p, double x) { p.network->scale = x; }),
      axis("Large bends measured too straight by", " deg", {0, 5, 10, 15},
           [](Practice& p, double x) {
             p.network->scale = 1.0;
             p.network->bend_bias_deg = x;
           }),
      axis("Leg labels swapped, bursts per minute", "", {0, 2, 6, 15},
           [](Practice& p, double x) { p.network->swaps_per_min = x; }),
      axis("Frames in which nobody is found", "", {0, 0.05, 0.2, 0.4},
           [](Practice& p, double x) { p.network->frames_lost = x; }),
      axis("Second person tracked, bursts per minute", "", {0, 2, 6},
           [](Practice& p, double x) { p.network->others_per_min = x; }),
      axis("Body height", " m", {1.2, 1.5, 1.7, 1.9, 2.05}, set_height),
      axis("Distance", " m", {1.6, 2.25, 3, 4, 6},
           [](Practice& p, double x) { p.camera.distance_m = x; }),
      axis("Camera off square by", " deg", {-60, -50, -40, 40, 50, 60},
           [](Practice& p, double x) { p.camera.yaw_deg = x; }),
      axis("Camera roll", " deg", {0, 5, 10, 15},
           [](Practice& p, double x) { p.camera.roll_deg = x; }),
      axis("Camera pushed during the practice, rotated by", " deg", {0, 3, 10}, push_camera),
      axis("Knees splayed by", " deg", {0, 10, 20, 30},
           [](Practice& p, double x) { p.shank_out_deg = x; }),
  };
}

const std::vector<double>& camera_heights_m() {
  static const std::vector<double> kHeights{0.2, 0.35, 0.5, 0.8, 1.2};
  return kHeights;
}

const std::vector<double>& camera_yaws_deg() {
  static const std::vector<double> kYaws{-30, -20, -10, 0, 10, 20, 30};
  return kYaws;
}

Setting camera_at(double height_m, double yaw_deg) {
  return {fmt::format("{} m, {} deg", height_m, yaw_deg), [=](Practice& p) {
            p.camera.height_m = height_m;
            p.camera.yaw_deg = yaw_deg;
          }};
}

Tally run_setting(const Setting& setting, int count, std::uint64_t first_seed, int threads) {
  return run_practices(count, first_seed, threads, [&](std::uint64_t seed) {
    Practice practice = support::random_practice(seed);
    setting.apply(practice);
    return practice;
  });
}

}  // namespace matside::accuracy
