// Many practices through the engine, on as many threads as wanted; the same answer on any
// number.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/pose/pose_frame.h"
#include "tests/support/activity.h"
#include "tests/support/practice.h"
#include "tools/accuracy/tally.h"

namespace matside::accuracy {

/// The engine's analysis of these frames.
engine::Analysis analyze(const std::vector<pose::PoseFrame>& frames, int level);

/// Calls `task` with 0 .. count - 1, each once, from `threads` threads.
void in_parallel(int count, int threads, const std::function<void(int)>& task);

/// The practice with that seed.
using MakePractice = std::function<support::Practice(std::uint64_t seed)>;

/// Practices with the seeds `first_seed`, `first_seed` + 1, ...
Tally run_practices(int count, std::uint64_t first_seed, int threads, const MakePractice& make);

/// What the engine counted during one other activity.
struct ActivityTally {
  support::Activity activity = support::Activity::walking;
  int scenes = 0;
  double seconds = 0.0;
  int repetitions = 0;
  std::vector<std::uint64_t> seeds;  ///< of scenes with repetitions
};

/// Every activity in `count` scenes of its own.
std::vector<ActivityTally> run_activities(int count, std::uint64_t first_seed, int threads);

}  // namespace matside::accuracy
