// Latency of a live picture's pose, with the bare network's time in the same run:
//   live_latency MODELS_DIR VIDEO lite|full|heavy with-eye|without-eye FRAMES
// Sends each picture when the previous pose has arrived, and runs the network alone in between.
// Prints JSON: median and 99th percentile of both times in milliseconds, and the model that a
// source chooses for 25 pictures a second.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/bench_models.h"
#include "vision/blazepose/pose_source.h"
#include "vision/video/video_reader.h"

namespace {

using namespace matside;
using bench::value_or_exit;
using blazepose::PoseSource;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

double quantile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// Waits for one pose at a time.
class Waiter {
 public:
  PoseSource::OnPose listener() {
    return [this](base::Result<pose::PoseFrame> seen) {
      value_or_exit(std::move(seen));
      const std::lock_guard lock(mutex_);
      ++seen_;
      changed_.notify_one();
    };
  }
  void wait_for(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return seen_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int seen_ = 0;
};

void print(const std::vector<double>& live_ms, const std::vector<double>& bare_ms,
           const PoseSource::ModelChoice& choice) {
  const auto both = [](const std::vector<double>& times_ms) {
    return "{\"p50_ms\": " + std::to_string(quantile(times_ms, 0.5)) +
           ", \"p99_ms\": " + std::to_string(quantile(times_ms, 0.99)) + "}";
  };
  std::cout << "{\"live\": " << both(live_ms) << ", \"bare\": " << both(bare_ms)
            << ", \"chosen\": \"" << blazepose::name(choice.variant)
            << (choice.eye ? " with the eye" : "")
            << "\", \"chosen_ms\": " << choice.per_picture.value() * 1e3
            << ", \"within_budget\": " << (choice.within_budget ? "true" : "false") << "}\n";
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
  Waiter waiter;
  const auto source =
      value_or_exit(PoseSource::create({.models = models, .choose = false}, waiter.listener()));
  auto reader = value_or_exit(video::VideoReader::open(args[1]));
  video::Frame frame;
  std::vector<double> live_ms;
  std::vector<double> bare_ms;
  for (int i = 0; i < frames && value_or_exit(reader.read(frame)); ++i) {
    const auto pushed = Clock::now();
    source->push(std::move(frame.image), frame.time);
    waiter.wait_for(i + 1);
    const auto seen = Clock::now();
    if (!net.run().ok()) return 1;
    if (i == 0) continue;  // The first one is searched in the whole picture.
    live_ms.push_back(milliseconds(seen - pushed));
    bare_ms.push_back(milliseconds(Clock::now() - seen));
  }
  const auto chooser = value_or_exit(
      PoseSource::create({.models = models}, [](const base::Result<pose::PoseFrame>&) {}));
  print(live_ms, bare_ms, chooser->chosen());
}
