// One thing at a time taken out of what is recommended, and how the engine fares.
#pragma once

#include <string>
#include <vector>

#include "tools/accuracy/trials.h"

namespace matside::accuracy {

/// A value of an axis, by what it does to a practice.
struct Setting {
  std::string name;
  std::function<void(support::Practice&)> apply;
};

struct Axis {
  std::string name;
  std::vector<Setting> settings;
};

/// Frame rate, noise, bodies, distance, roll, lost frames, exchanged labels, a second person.
std::vector<Axis> parameter_axes();

/// Camera height, metres, and yaw, degrees: these two make each other worse.
const std::vector<double>& camera_heights_m();
const std::vector<double>& camera_yaws_deg();
Setting camera_at(double height_m, double yaw_deg);

/// `count` random practices with the setting applied.
Tally run_setting(const Setting& setting, int count, std::uint64_t first_seed, int threads);

}  // namespace matside::accuracy
