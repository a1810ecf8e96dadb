// Speed of analysing whole videos, compared with the bare network on the same cores:
//   pipeline_rate MODELS_DIR VIDEO lite|full|heavy with-eye|without-eye FRAMES ROUNDS
// Each round runs, on one thread and on two, the network alone once for each frame, and then
// the whole pipeline from file to poses. Prints a line of JSON for each with wall-clock and
// processor time.
#include <sys/resource.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/bench/bench_models.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/video/video_reader.h"

namespace {

using namespace matside;

using bench::value_or_exit;

struct Request {
  blazepose::PoseModels models;
  std::string video;
  int frames = 0;
};

void run_bare(std::vector<network::Network>& nets, int threads, int frames) {
  const auto work = [&](std::size_t which) {
    for (int i = static_cast<int>(which); i < frames; i += threads) {
      if (!nets[which].run().ok()) std::exit(1);
    }
  };
  std::thread other;
  if (threads == 2) other = std::thread(work, 1);
  work(0);
  if (other.joinable()) other.join();
}

void run_whole(blazepose::PoseTracker& tracker, const Request& request) {
  auto reader = value_or_exit(video::VideoReader::open(request.video, {.planes = true}));
  std::array<video::Frame, blazepose::kSlots> frames;
  int read = 0;
  blazepose::FrameSource frame_source;
  frame_source.next = [&](std::size_t slot) -> base::Result<std::optional<image::View>> {
    if (read++ == request.frames || !value_or_exit(reader.read(frames[slot]))) {
      return std::optional<image::View>();
    }
    return std::optional(frames[slot].view());
  };
  frame_source.done = [](std::size_t, const blazepose::TrackedPose&) -> base::Result<void> {
    return {};
  };
  const auto followed = tracker.follow(frame_source);
  if (!followed.ok()) std::exit(1);
}

double seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
}

double processor_s() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void measure(const char* what, int threads, int frames, const std::function<void()>& run) {
  const auto before = std::chrono::steady_clock::now();
  const double processor_before_s = processor_s();
  run();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
  std::cout << R"({"what": ")" << what << R"(", "threads": )" << threads << R"(, "frames": )"
            << frames << R"(, "wall_s": )" << took.count() << R"(, "processor_s": )"
            << processor_s() - processor_before_s << "}" << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  Request request;
  int rounds = 0;
  if (args.size() == 6) {
    std::from_chars(args[4].data(), args[4].data() + args[4].size(), request.frames);
    std::from_chars(args[5].data(), args[5].data() + args[5].size(), rounds);
  }
  if (request.frames < 1 || rounds < 1) {
    std::cerr << "usage: pipeline_rate MODELS_DIR VIDEO lite|full|heavy with-eye|without-eye "
                 "FRAMES ROUNDS\n";
    return 2;
  }
  request.models = bench::parse_pose_models(args[0], args[2], args[3]);
  request.video = args[1];
  std::vector<network::Network> nets;
  for (int i = 0; i < 2; ++i) nets.push_back(bench::bare_network(request.models));
  for (int round = 0; round < rounds; ++round) {
    for (const int threads : {1, 2}) {
      auto tracker =
          value_or_exit(blazepose::PoseTracker::create(request.models, {.threads = threads}));
      measure("bare", threads, request.frames,
              [&] { run_bare(nets, threads, request.frames); });
      measure("whole", threads, request.frames, [&] { run_whole(tracker, request); });
    }
  }
}
