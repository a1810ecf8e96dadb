#include "tools/accuracy/trials.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/random_practice.h"

namespace matside::accuracy {

engine::Analysis analyze(const std::vector<pose::PoseFrame>& frames, int level) {
  auto session = engine::Session::create(support::single_leg_kick(), level);
  if (!session) {
    std::fprintf(stderr, "accuracy: %s\n", session.error().message.c_str());
    std::abort();
  }
  for (const pose::PoseFrame& frame : frames) session.value().push(frame);
  session.value().finish();
  return session.value().analysis();
}

void in_parallel(int count, int threads, const std::function<void(int)>& task) {
  std::atomic<int> next = 0;
  const auto work = [&] {
    for (int i = next++; i < count; i = next++) task(i);
  };
  std::vector<std::jthread> workers;
  for (int t = 1; t < threads; ++t) workers.emplace_back(work);
  work();
}

Tally run_practices(int count, std::uint64_t first_seed, int threads,
                    const MakePractice& make) {
  std::vector<Tally> tallies(static_cast<std::size_t>(count));
  in_parallel(count, threads, [&](int i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    const support::Practice practice = make(seed);
    const support::SimulatedSession performed = perform(practice);
    tallies[static_cast<std::size_t>(i)] =
        score_practice(practice, performed, analyze(performed.frames, practice.level),
                       support::single_leg_kick(), seed);
  });
  Tally all;
  for (const Tally& t : tallies) all += t;
  return all;
}

std::vector<ActivityTally> run_activities(int count, std::uint64_t first_seed, int threads) {
  std::vector<ActivityTally> out;
  for (const support::Activity activity : support::kActivities) {
    std::vector<int> told(static_cast<std::size_t>(count));
    ActivityTally tally{activity, count, 0.0, 0, {}};
    in_parallel(count, threads, [&](int i) {
      const support::ActivityScene scene =
          support::random_scene(activity, first_seed + static_cast<std::uint64_t>(i));
      const auto analysis = analyze(
          perform(scene), /*level=*/i % (support::single_leg_kick().highest_level() + 1));
      told[static_cast<std::size_t>(i)] = static_cast<int>(analysis.repetitions.size());
    });
    for (int i = 0; i < count; ++i) {
      const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
      tally.seconds += support::random_scene(activity, seed).length_s;
      tally.repetitions += told[static_cast<std::size_t>(i)];
      if (told[static_cast<std::size_t>(i)] > 0) tally.seeds.push_back(seed);
    }
    out.push_back(tally);
  }
  return out;
}

}  // namespace matside::accuracy
