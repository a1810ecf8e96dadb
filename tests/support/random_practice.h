// Random people, rooms and practices.
#pragma once

#include <cstdint>

#include "tests/support/activity.h"
#include "tests/support/practice.h"
#include "tests/support/random.h"

namespace matside::support {

/// Options of random_practice().
struct RandomScenarioOptions {
  bool faults = true;        ///< some repetitions have faults
  bool uneven_times = true;  ///< frames come at uneven times, some not at all
  int fewest_repetitions = 6;
  int most_repetitions = 12;
};

Body random_body(Random& random);

/// Errors about as large as those measured, and a source that reads knees in space or doesn't.
NetworkNoise random_network(Random& random);

/// Where movement.md 5.6 recommends the camera: 0.2 to 0.35 m high, within 10 degrees of
/// square, 2 to 2.5 m away, and the whole body in the picture.
Camera recommended_camera(Random& random, const Body& body);

/// A practice of any level seen by a recommended camera at 24 to 60 frames a second.
Practice random_practice(std::uint64_t seed, const RandomScenarioOptions& draw = {});

/// Somebody at `activity` before a camera 2 to 3.5 m away.
ActivityScene random_scene(Activity activity, std::uint64_t seed);

}  // namespace matside::support
