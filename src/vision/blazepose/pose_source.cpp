#include "vision/blazepose/pose_source.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>
#include <vector>

namespace matside::blazepose {
namespace {

/// What is left of the budget is for decoding, judging and the machine's other work.
constexpr double kShareOfBudget = 0.75;
constexpr int kTrials = 4;
constexpr base::ImageSize kTrialSize{640, 360};

bool fits(base::Seconds per_picture, base::Seconds budget) {
  return per_picture.value() <= kShareOfBudget * budget.value();
}

/// The shortest of a few looks at a grey picture: what the machine can do when left alone. The
/// first fetches the weights and does not count.
base::Result<base::Seconds> pace_of(LandmarkFinder& finder) {
  image::Image grey{kTrialSize, {}};
  grey.rgb.assign(grey.stride_bytes() * static_cast<std::size_t>(kTrialSize.height_px), 128);
  const Region region = whole_picture(kTrialSize, base::Radians(0.0));
  double shortest_s = 0.0;
  for (int i = 0; i <= kTrials; ++i) {
    const auto before = std::chrono::steady_clock::now();
    const auto found = finder.find(grey, region);
    if (!found.ok()) return found.error();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
    if (i == 1 || (i > 1 && took.count() < shortest_s)) shortest_s = took.count();
  }
  return base::Seconds(shortest_s);
}

std::vector<Variant> best_first(const PoseSource::Options& options) {
  if (!options.choose) return {options.networks.variant};
  if (options.networks.eye) return {kEyeVariant, Variant::lite};
  return {Variant::heavy, Variant::full, Variant::lite};
}

/// Measures one after the other, and no more than are needed.
base::Result<Pace> choose(const PoseSource::Options& options) {
  std::vector<Pace> paces;
  for (const Variant variant : best_first(options)) {
    Networks networks = options.networks;
    networks.variant = variant;
    auto finders = LandmarkFinder::create_several(networks, 1);
    if (!finders.ok()) return finders.error();
    const auto pace = pace_of(finders.value().front());
    if (!pace.ok()) return pace.error();
    paces.push_back({variant, pace.value()});
    if (fits(pace.value(), options.budget)) break;
  }
  return affordable(paces, options.budget);
}

}  // namespace

Pace affordable(std::span<const Pace> paces, base::Seconds budget) {
  assert(!paces.empty());
  const auto found = std::ranges::find_if(
      paces, [&](const Pace& pace) { return fits(pace.per_picture, budget); });
  return found == paces.end() ? paces.back() : *found;
}

base::Result<std::unique_ptr<PoseSource>> PoseSource::create(const Options& options,
                                                             OnPose on_pose) {
  const auto pace = choose(options);
  if (!pace.ok()) return pace.error();
  Networks networks = options.networks;
  networks.variant = pace.value().variant;
  auto tracker = PoseTracker::create(networks, {.threads = 1, .lag = 1});
  if (!tracker.ok()) return tracker.error();
  const Choice choice{networks.variant, networks.with_eye(), pace.value().per_picture,
                      pace.value().per_picture <= options.budget};
  return std::unique_ptr<PoseSource>(
      new PoseSource(std::move(tracker).value(), choice, std::move(on_pose)));
}

PoseSource::PoseSource(PoseTracker tracker, Choice choice, OnPose on_pose)
    : tracker_(std::move(tracker)),
      choice_(choice),
      on_pose_(std::move(on_pose)),
      thread_([this] { work(); }) {}

PoseSource::~PoseSource() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void PoseSource::push(image::Image picture, base::Seconds time) {
  {
    const std::lock_guard lock(mutex_);
    if (closing_) return;
    if (waiting_) ++dropped_;
    waiting_ = Waiting{std::move(picture), time, pushed_++};
  }
  changed_.notify_one();
}

std::int64_t PoseSource::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

void PoseSource::work() {
  while (true) {
    std::optional<Waiting> newest;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return closing_ || waiting_; });
      if (closing_) return;
      newest = std::exchange(waiting_, std::nullopt);
    }
    if (look(*newest)) continue;
    const std::lock_guard lock(mutex_);
    closing_ = true;
    return;
  }
}

/// @returns false after an error.
bool PoseSource::look(const Waiting& waiting) {
  const image::View view = waiting.picture;
  auto poses = tracker_.track({&view, 1});
  if (!poses.ok()) {
    on_pose_(poses.error());
    return false;
  }
  Seen& seen = poses.value().front();
  on_pose_(pose::rounded(
      {waiting.index, waiting.time, turned(waiting.picture.size, seen.quarters), seen.pose}));
  return true;
}

}  // namespace matside::blazepose
