#include "vision/blazepose/pose_source.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>
#include <vector>

namespace matside::blazepose {
namespace {

/// The rest of the budget is for decoding, the session and the machine's other work.
constexpr double kShareOfBudget = 0.75;
constexpr int kTrials = 4;
constexpr base::ImageSize kTrialSize{640, 360};

bool fits(base::Seconds per_picture, base::Seconds budget) {
  return per_picture.value() <= kShareOfBudget * budget.value();
}

/// The shortest of a few runs on a grey picture: what the machine can do undisturbed. The first
/// run loads the weights into the cache and is not counted.
base::Result<base::Seconds> inference_time(LandmarkModel& finder) {
  image::Image grey{kTrialSize, {}};
  grey.rgb.assign(grey.stride_bytes() * static_cast<std::size_t>(kTrialSize.height_px), 128);
  const Region region = whole_picture_region(kTrialSize, base::Radians(0.0));
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
  if (!options.choose) return {options.models.variant};
  if (options.models.eye) return {kEyeVariant, Variant::lite};
  return {Variant::heavy, Variant::full, Variant::lite};
}

/// Measures the variants in order of quality, until one fits.
base::Result<InferenceTime> choose(const PoseSource::Options& options) {
  std::vector<InferenceTime> times;
  for (const Variant variant : best_first(options)) {
    PoseModels models = options.models;
    models.variant = variant;
    auto finders = LandmarkModel::create_several(models, 1);
    if (!finders.ok()) return finders.error();
    const auto pace = inference_time(finders.value().front());
    if (!pace.ok()) return pace.error();
    times.push_back({variant, pace.value()});
    if (fits(pace.value(), options.budget)) break;
  }
  return best_within_budget(times, options.budget);
}

}  // namespace

InferenceTime best_within_budget(std::span<const InferenceTime> times, base::Seconds budget) {
  assert(!times.empty());
  const auto found = std::ranges::find_if(
      times, [&](const InferenceTime& pace) { return fits(pace.per_picture, budget); });
  return found == times.end() ? times.back() : *found;
}

base::Result<std::unique_ptr<PoseSource>> PoseSource::create(const Options& options,
                                                             OnPose on_pose) {
  const auto pace = choose(options);
  if (!pace.ok()) return pace.error();
  PoseModels models = options.models;
  models.variant = pace.value().variant;
  auto tracker = PoseTracker::create(models, {.threads = 1, .lag = 1});
  if (!tracker.ok()) return tracker.error();
  const ModelChoice choice{models.variant, models.with_eye(), pace.value().per_picture,
                           pace.value().per_picture <= options.budget};
  return std::unique_ptr<PoseSource>(
      new PoseSource(std::move(tracker).value(), choice, std::move(on_pose)));
}

PoseSource::PoseSource(PoseTracker tracker, ModelChoice choice, OnPose on_pose)
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
    if (pending_) ++dropped_;
    pending_ = PendingFrame{std::move(picture), time, pushed_++};
  }
  changed_.notify_one();
}

std::int64_t PoseSource::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

void PoseSource::work() {
  while (true) {
    std::optional<PendingFrame> newest;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return closing_ || pending_; });
      if (closing_) return;
      newest = std::exchange(pending_, std::nullopt);
    }
    if (process(*newest)) continue;
    const std::lock_guard lock(mutex_);
    closing_ = true;
    return;
  }
}

/// @returns false after an error.
bool PoseSource::process(const PendingFrame& waiting) {
  const image::View view = waiting.picture;
  auto poses = tracker_.track({&view, 1});
  if (!poses.ok()) {
    on_pose_(poses.error());
    return false;
  }
  TrackedPose& seen = poses.value().front();
  on_pose_(pose::rounded({waiting.index, waiting.time,
                          turned(waiting.picture.size, seen.quarter_turns), seen.pose}));
  return true;
}

}  // namespace matside::blazepose
