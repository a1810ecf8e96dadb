// Times each push of a simulated practice into the engine. Scoring a finished repetition is the
// most expensive push.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace {

using namespace matside;

double quantile_us(std::vector<double>& times_us, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(times_us.size() - 1));
  std::nth_element(times_us.begin(), times_us.begin() + at, times_us.end());
  return times_us[static_cast<std::size_t>(at)];
}

void push_frame(benchmark::State& state) {
  support::Practice practice;
  practice.fps = static_cast<double>(state.range(0));
  practice.noise_px = 0.8;
  practice.steps = support::alternating(20);
  const auto frames = support::perform(practice).frames;
  std::vector<double> times_us;
  for (auto _ : state) {
    auto session = engine::Session::create(support::single_leg_kick(), 1);
    double sum_s = 0.0;
    for (const pose::PoseFrame& frame : frames) {
      const auto before = std::chrono::steady_clock::now();
      benchmark::DoNotOptimize(session.value().push(frame));
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
      times_us.push_back(took.count() * 1e6);
      sum_s += took.count();
    }
    state.SetIterationTime(sum_s);
  }
  state.counters["median_us"] = quantile_us(times_us, 0.5);
  state.counters["p99_us"] = quantile_us(times_us, 0.99);
  state.counters["most_us"] = quantile_us(times_us, 1.0);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(frames.size()));
}

}  // namespace

BENCHMARK(push_frame)->Arg(30)->Arg(60)->UseManualTime()->Unit(benchmark::kMillisecond);
