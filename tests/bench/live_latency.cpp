// How long a live picture waits for its pose, next to the bare network's time in the same run:
//   live_latency MODELS_DIR VIDEO lite|full|heavy with-eye|without-eye FRAMES
// Each picture is estimated as soon as the last one is done; in between the network runs alone.
// Prints JSON: the median and 99th percentile of both times in milliseconds, and the network
// that is chosen for 25 pictures per second.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "practice/following_estimator.h"
#include "practice/network_choice.h"
#include "tests/bench/bench_models.h"
#include "vision/video/video_reader.h"

namespace {

using namespace matside;
using bench::value_or_exit;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

double quantile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void print(const std::vector<double>& live_ms, const std::vector<double>& bare_ms,
           const practice::NetworkChoice& choice) {
  const auto both = [](const std::vector<double>& times_ms) {
    return "{\"p50_ms\": " + std::to_string(quantile(times_ms, 0.5)) +
           ", \"p99_ms\": " + std::to_string(quantile(times_ms, 0.99)) + "}";
  };
  std::cout << "{\"live\": " << both(live_ms) << ", \"bare\": " << both(bare_ms)
            << ", \"chosen\": \"" << blazepose::name(choice.models.variant)
            << (choice.models.with_eye() ? " with the eye" : "")
            << "\", \"chosen_ms\": " << choice.per_picture.value() * 1e3
            << ", \"within_budget\": "
            << (choice.per_picture <= practice::kLiveBudget ? "true" : "false") << "}\n";
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  int frames = 0;
  if (args.size() == 5) {
    std::from_chars(args[4].data(), args[4].data() + args[4].size(), frames);
  }
  if (frames < 1) {
    std::cerr << "usage: live_latency MODELS_DIR VIDEO lite|full|heavy with-eye|without-eye "
                 "FRAMES\n";
    return 2;
  }
  const auto models = bench::parse_pose_models(args[0], args[2], args[3]);
  auto net = bench::bare_network(models);
  const auto estimator = value_or_exit(practice::create_pose_estimator(models));
  auto reader = value_or_exit(video::VideoReader::open(args[1]));
  video::Frame frame;
  std::vector<double> live_ms;
  std::vector<double> bare_ms;
  for (int i = 0; i < frames && value_or_exit(reader.read(frame)); ++i) {
    const auto pushed = Clock::now();
    value_or_exit(estimator(frame.view()));
    const auto seen = Clock::now();
    if (!net.run().ok()) return 1;
    if (i == 0) continue;  // The first one is searched in the whole picture.
    live_ms.push_back(milliseconds(seen - pushed));
    bare_ms.push_back(milliseconds(Clock::now() - seen));
  }
  print(live_ms, bare_ms, value_or_exit(practice::choose_networks({.folder = models.folder})));
}
