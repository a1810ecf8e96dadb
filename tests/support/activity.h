// What people do that is not the exercise: none of it is a repetition.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/pose/pose_frame.h"
#include "tests/support/body_model.h"
#include "tests/support/pose_network_simulator.h"

namespace matside::support {

enum class Activity : std::uint8_t {
  walking,
  running_with_heel_kicks,
  standing_heel_to_buttock,
  squats,
  plank,
  push_ups,
  push_ups_on_the_knees,
  cobra,
  getting_up,
  sitting_on_a_chair,
  sitting_on_the_floor,
  crawling_child,
  on_the_back,
  both_feet_swinging,
  lying_still,
};

inline constexpr std::array kActivities{
    Activity::walking,
    Activity::running_with_heel_kicks,
    Activity::standing_heel_to_buttock,
    Activity::squats,
    Activity::plank,
    Activity::push_ups,
    Activity::push_ups_on_the_knees,
    Activity::cobra,
    Activity::getting_up,
    Activity::sitting_on_a_chair,
    Activity::sitting_on_the_floor,
    Activity::crawling_child,
    Activity::on_the_back,
    Activity::both_feet_swinging,
    Activity::lying_still,
};

std::string_view name(Activity activity);

/// Somebody's activity before a camera.
struct ActivityScene {
  Activity activity = Activity::walking;
  Body body;
  Camera camera;
  double tempo = 1.0;  ///< times the usual
  double reach = 1.0;  ///< share of the usual range of movement
  double length_s = 20.0;
  double fps = 30.0;
  NetworkNoise network;
  std::uint64_t seed = 1;
};

std::vector<pose::PoseFrame> perform(const ActivityScene& scene);

}  // namespace matside::support
