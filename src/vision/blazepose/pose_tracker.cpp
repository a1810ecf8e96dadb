#include "vision/blazepose/pose_tracker.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace matside::blazepose {
namespace {

/// A body that moves, grows or turns more than this between two frames is another body.
constexpr double kMaxShift = 0.35;  ///< Of the region's side.
constexpr double kMaxGrowth = 1.6;
constexpr base::Degrees kMaxTurn(75.0);
/// While the followed person is not prone: frames before the search for a prone person begins,
/// and its interval in frames.
constexpr int kFramesBeforeSearch = 30;
constexpr int kSearchEveryFrames = 4;
/// While nobody is found: one search in this many is where a person was last lying.
constexpr std::size_t kRetryLastEvery = 4;
/// After losing a lying person: frames during which a lesser posture is not accepted.
constexpr int kWaitForLyingFrames = 30;

base::Error no_pixels() { return {base::ErrorKind::input, "a picture has no pixels"}; }

double turn_between_deg(base::Radians a, base::Radians b) {
  const double difference = std::remainder(a.value() - b.value(), 2 * std::numbers::pi);
  return std::abs(base::to_degrees(base::Radians(difference)).value());
}

/// Whether regions of two consecutive frames can hold the same body.
bool same_body(const Region& before, const Region& after) {
  const double growth = after.side_px / before.side_px;
  return base::length(after.centre - before.centre) <= kMaxShift * before.side_px &&
         growth <= kMaxGrowth && growth >= 1.0 / kMaxGrowth &&
         turn_between_deg(after.turn, before.turn) <= kMaxTurn.value();
}

// Each thread holds its own packed weights: 67 MB of them for the heavy network, whose third
// and fourth thread would take the program over 300 MB.
std::size_t most_threads(Variant variant) { return variant == Variant::heavy ? 2 : kMaxLag; }

}  // namespace

base::Result<PoseTracker> PoseTracker::create(const PoseModels& models, Options options) {
  assert(options.threads >= 1 && options.ahead >= 0);
  assert(options.threads == 1 || options.ahead == 0);
  auto search = PersonSearch::create(models);
  if (!search.ok()) return search.error();
  const auto threads =
      std::min(static_cast<std::size_t>(options.threads), most_threads(models.variant));
  auto created =
      LandmarkModel::create_several(models, threads + static_cast<std::size_t>(options.ahead));
  if (!created.ok()) return created.error();
  std::vector<LandmarkModel> landmarks = std::move(created).value();
  std::vector<Ahead> ahead;
  while (landmarks.size() > threads) {
    ahead.push_back({std::move(landmarks.back()), std::nullopt});
    landmarks.pop_back();
  }
  return PoseTracker(std::move(search).value(), std::move(landmarks), std::move(ahead),
                     options);
}

void PoseTracker::look_ahead(const image::View& picture) {
  ++looked_ahead_;
  const auto place = pipeline_->place_ahead(looked_ahead_);
  const auto idle = std::ranges::find_if(ahead_, [](const Ahead& a) { return !a.place; });
  if (!place.region || idle == ahead_.end() || !picture.has_pixels()) return;
  idle->landmarks.start(picture, *place.region);
  idle->place = place;
}

/// What look_ahead() found in the picture in this slot, if it was in this region.
std::optional<FramePipeline::Inference> PoseTracker::take_ahead(
    std::size_t slot, const std::optional<Region>& region) {
  for (Ahead& ahead : ahead_) {
    if (!ahead.place || ahead.place->slot != slot) continue;
    const bool same = ahead.place->region == region;
    ahead.place.reset();
    auto seen = ahead.landmarks.finish();
    if (same) return seen;
  }
  return std::nullopt;
}

base::Result<std::optional<pose::Pose>> PoseTracker::detect(const image::View& picture) {
  if (!picture.has_pixels()) return no_pixels();
  auto person = person_search_.search_exhaustively(picture, landmarks_.front());
  if (!person.ok()) return person.error();
  if (!person.value()) return std::optional<pose::Pose>();
  return std::optional<pose::Pose>(person.value()->body.pose);
}

base::Result<std::vector<TrackedPose>> PoseTracker::track(
    std::span<const image::View> pictures) {
  std::size_t given = 0;
  std::vector<TrackedPose> all;
  all.reserve(pictures.size());
  FrameSource frame_source;
  frame_source.next = [&](std::size_t) -> base::Result<std::optional<image::View>> {
    if (given == pictures.size()) return std::optional<image::View>();
    return std::optional(pictures[given++]);
  };
  frame_source.done = [&](std::size_t, const TrackedPose& seen) -> base::Result<void> {
    all.push_back(seen);
    return {};
  };
  const auto followed = follow(frame_source);
  if (!followed.ok()) return followed.error();
  return all;
}

base::Result<void> PoseTracker::follow(const FrameSource& frame_source) {
  std::array<std::optional<image::View>, kSlots> views;
  FramePipeline::Stages work;
  work.read = [&](std::size_t slot) -> base::Result<bool> {
    auto view = frame_source.next(slot);
    if (!view.ok()) return view.error();
    if (!view.value()) return false;
    if (!view.value()->has_pixels()) return no_pixels();
    looked_ahead_ -= std::min<std::size_t>(looked_ahead_, 1);
    views[slot] = view.value();
    return true;
  };
  work.infer = [&](std::size_t slot, const Region& region, std::size_t thread) {
    auto ahead = take_ahead(slot, region);
    return ahead ? std::move(*ahead) : landmarks_[thread].find(*views[slot], region);
  };
  work.commit = [&](std::size_t slot, const FramePipeline::Inference* seen,
                    std::size_t thread) -> base::Result<FramePipeline::CommitResult> {
    if (seen == nullptr) take_ahead(slot, std::nullopt);
    auto committed = commit(*views[slot], seen, landmarks_[thread]);
    if (!committed.ok()) return committed;
    const auto done = frame_source.done(slot, current_pose(*views[slot]));
    if (!done.ok()) return done.error();
    return committed;
  };
  return pipeline_->run(work, landmarks_.size());
}

TrackedPose PoseTracker::current_pose(const image::View& picture) const {
  const int quarter_turns = orientation_.quarter_turns();
  if (!person_) return {std::nullopt, quarter_turns};
  return {turned(person_->body, quarter_turns, picture.size()), quarter_turns};
}

/// Takes the inference in the person's region, or else searches in other ways.
base::Result<FramePipeline::CommitResult> PoseTracker::commit(
    const image::View& picture, const FramePipeline::Inference* seen,
    LandmarkModel& landmarks) {
  if (seen != nullptr && !seen->ok()) return seen->error();
  base::Result<std::optional<Person>> other = std::optional<Person>();
  if (seen != nullptr) other = search_for_better_candidate(picture, landmarks);
  if (!other.ok()) return other.error();
  if (!other.value() && seen != nullptr && seen->value() &&
      same_body(person_->body.next, seen->value()->next)) {
    const int quarter_turns = orientation_.quarter_turns();
    remember(classify_person(*seen->value()));
    return FramePipeline::CommitResult{person_->body.next,
                                       orientation_.quarter_turns() != quarter_turns};
  }
  if (!other.value() && seen != nullptr) other = retry_last_region(picture, landmarks);
  if (other.ok() && !other.value()) other = search_for_person(picture, landmarks);
  if (!other.ok()) return other.error();
  remember(other.value());
  if (!person_) return FramePipeline::CommitResult{std::nullopt, seen != nullptr};
  return FramePipeline::CommitResult{person_->body.next, true};
}

/// Retries a person missed in their region of a few frames ago in that of the last frame.
base::Result<std::optional<Person>> PoseTracker::retry_last_region(const image::View& picture,
                                                                   LandmarkModel& landmarks) {
  const auto body = landmarks.find(picture, person_->body.next);
  if (!body.ok()) return body.error();
  if (!body.value() || !same_body(person_->body.next, body.value()->next)) {
    return std::optional<Person>();
  }
  return std::optional(classify_person(*body.value()));
}

/// While the followed person is not prone, searches for a better candidate from time to time.
base::Result<std::optional<Person>> PoseTracker::search_for_better_candidate(
    const image::View& picture, LandmarkModel& landmarks) {
  if (frames_unsure_ < kFramesBeforeSearch || frames_unsure_ % kSearchEveryFrames != 0) {
    return std::optional<Person>();
  }
  auto other = person_search_.search_next_region(picture, searches_++, landmarks);
  if (other.ok() && other.value() && other.value()->posture <= person_->posture) {
    return std::optional<Person>();
  }
  return other;
}

base::Result<std::optional<Person>> PoseTracker::search_for_person(const image::View& picture,
                                                                   LandmarkModel& landmarks) {
  const bool waiting = last_lying_ && frames_since_lying_ < kWaitForLyingFrames;
  if (waiting) {
    auto back = retry_last_lying_region(picture, landmarks);
    if (!back.ok() || back.value()) return back;
  }
  auto person = search_any_person(picture, landmarks);
  if (waiting && person.ok() && person.value() && person.value()->posture < last_posture_) {
    return std::optional<Person>();
  }
  return person;
}

/// Searches all regions in the first frame and right after a loss, then one region a frame.
base::Result<std::optional<Person>> PoseTracker::search_any_person(const image::View& picture,
                                                                   LandmarkModel& landmarks) {
  if (frames_without_ == 0) {
    search_scheduler_.clear();
    return ever_seen_ ? person_search_.search_all_regions(picture, landmarks)
                      : person_search_.search_exhaustively(picture, landmarks);
  }
  if (!search_scheduler_.should_search(picture, PersonSearch::round(picture.size()))) {
    return std::optional<Person>();
  }
  if (last_lying_ && searches_ % kRetryLastEvery == 0) {
    auto back = retry_last_lying_region(picture, landmarks);
    if (!back.ok() || back.value()) return back;
  }
  auto person = person_search_.search_next_region(picture, searches_++, landmarks);
  if (person.ok() && !person.value()) search_scheduler_.record_failed_search();
  return person;
}

/// Retries the last lying person, before anybody else is considered.
base::Result<std::optional<Person>> PoseTracker::retry_last_lying_region(
    const image::View& picture, LandmarkModel& landmarks) {
  const auto body = landmarks.find(picture, *last_lying_);
  if (!body.ok()) return body.error();
  if (!body.value()) return std::optional<Person>();
  const Person person = classify_person(*body.value());
  if (!person.lies() || !same_body(*last_lying_, person.body.next)) {
    return std::optional<Person>();
  }
  return std::optional(person);
}

void PoseTracker::remember(const std::optional<Person>& person) {
  person_ = person;
  ever_seen_ = ever_seen_ || person_;
  if (person_) {
    orientation_.update(person_->body);
    person_->body.next.quarter_turns = orientation_.quarter_turns();
  }
  frames_without_ = person_ ? 0 : frames_without_ + 1;
  const bool sure = person_ && person_->posture == person_search_.best_posture();
  frames_unsure_ = person_ && !sure ? frames_unsure_ + 1 : 0;
  if (person_ && person_->lies()) {
    last_lying_ = person_->body.next;
    last_posture_ = person_->posture;
    frames_since_lying_ = 0;
  } else {
    ++frames_since_lying_;
  }
}

}  // namespace matside::blazepose
