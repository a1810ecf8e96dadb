#include "vision/blazepose/tracker.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace matside::blazepose {
namespace {

/// A body that moves or grows more than this from one frame to the next is another body.
constexpr double kMaxShift = 0.35;  ///< Of the region's side.
constexpr double kMaxGrowth = 1.6;
constexpr base::Degrees kMaxTurn(75.0);
/// While someone is followed who does not lie prone: when to begin to look for one who does, in
/// frames, and one frame in how many to look.
constexpr int kLookAgainFrames = 30;
constexpr int kLookAgainEvery = 4;
/// While nobody is seen: one look in how many is at where someone lying was last seen.
constexpr std::size_t kLookBackEvery = 4;
/// After someone lying was lost: how long not to take someone upright instead, in frames.
constexpr int kWaitForLyingFrames = 30;

base::Error no_pixels() { return {base::ErrorKind::input, "a picture has no pixels"}; }

double turn_between_deg(base::Radians a, base::Radians b) {
  const double difference = std::remainder(a.value() - b.value(), 2 * std::numbers::pi);
  return std::abs(base::to_degrees(base::Radians(difference)).value());
}

/// Whether regions of two frames one after the other can be round the same body.
bool same_body(const Region& before, const Region& after) {
  const double growth = after.side_px / before.side_px;
  return base::length(after.centre - before.centre) <= kMaxShift * before.side_px &&
         growth <= kMaxGrowth && growth >= 1.0 / kMaxGrowth &&
         turn_between_deg(after.turn, before.turn) <= kMaxTurn.value();
}

// Each thread holds its own packed weights: 67 MB of them for the heavy network, whose third
// and fourth thread would take the program over 300 MB.
std::size_t most_threads(Variant variant) { return variant == Variant::heavy ? 2 : kMostLag; }

}  // namespace

base::Result<PoseTracker> PoseTracker::create(const Networks& networks, Options options) {
  assert(options.threads >= 1);
  auto search = Search::create(networks);
  if (!search.ok()) return search.error();
  const auto threads =
      std::min(static_cast<std::size_t>(options.threads), most_threads(networks.variant));
  auto landmarks = LandmarkFinder::create_several(networks, threads);
  if (!landmarks.ok()) return landmarks.error();
  return PoseTracker(std::move(search).value(), std::move(landmarks).value(), options);
}

base::Result<std::optional<pose::Pose>> PoseTracker::detect(const image::View& picture) {
  if (!picture.has_pixels()) return no_pixels();
  auto person = search_.thoroughly(picture, landmarks_.front());
  if (!person.ok()) return person.error();
  if (!person.value()) return std::optional<pose::Pose>();
  return std::optional<pose::Pose>(person.value()->body.pose);
}

base::Result<std::vector<Seen>> PoseTracker::track(std::span<const image::View> pictures) {
  std::size_t given = 0;
  std::vector<Seen> all;
  all.reserve(pictures.size());
  Film film;
  film.next = [&](std::size_t) -> base::Result<std::optional<image::View>> {
    if (given == pictures.size()) return std::optional<image::View>();
    return std::optional(pictures[given++]);
  };
  film.done = [&](std::size_t, const Seen& seen) -> base::Result<void> {
    all.push_back(seen);
    return {};
  };
  const auto followed = follow(film);
  if (!followed.ok()) return followed.error();
  return all;
}

base::Result<void> PoseTracker::follow(const Film& film) {
  std::array<std::optional<image::View>, kSlots> views;
  Relay::Work work;
  work.read = [&](std::size_t slot) -> base::Result<bool> {
    auto view = film.next(slot);
    if (!view.ok()) return view.error();
    if (!view.value()) return false;
    if (!view.value()->has_pixels()) return no_pixels();
    views[slot] = view.value();
    return true;
  };
  work.look = [&](std::size_t slot, const Region& region, std::size_t thread) {
    return landmarks_[thread].find(*views[slot], region);
  };
  work.settle = [&](std::size_t slot, const Relay::Seen* seen,
                    std::size_t thread) -> base::Result<Relay::Settled> {
    auto settled = settle(*views[slot], seen, landmarks_[thread]);
    if (!settled.ok()) return settled;
    const auto done = film.done(slot, seen_in(*views[slot]));
    if (!done.ok()) return done.error();
    return settled;
  };
  return relay_->run(work, landmarks_.size());
}

Seen PoseTracker::seen_in(const image::View& picture) const {
  const int quarters = upright_.quarters();
  if (!person_) return {std::nullopt, quarters};
  return {turned(person_->body, quarters, picture.size()), quarters};
}

/// Takes what was seen where the person was looked for, or else looks in another way.
base::Result<Relay::Settled> PoseTracker::settle(const image::View& picture,
                                                 const Relay::Seen* seen,
                                                 LandmarkFinder& landmarks) {
  if (seen != nullptr && !seen->ok()) return seen->error();
  base::Result<std::optional<Person>> other = std::optional<Person>();
  if (seen != nullptr) other = look_again(picture, landmarks);
  if (!other.ok()) return other.error();
  if (!other.value() && seen != nullptr && seen->value() &&
      same_body(person_->body.next, seen->value()->next)) {
    const int quarters = upright_.quarters();
    remember(person_of(*seen->value()));
    return Relay::Settled{person_->body.next, upright_.quarters() != quarters};
  }
  if (!other.value() && seen != nullptr) other = look_once_more(picture, landmarks);
  if (other.ok() && !other.value()) other = search(picture, landmarks);
  if (!other.ok()) return other.error();
  remember(other.value());
  if (!person_) return Relay::Settled{std::nullopt, seen != nullptr};
  return Relay::Settled{person_->body.next, true};
}

/// Who was not seen where they had been a few frames ago, where they were in the last one.
base::Result<std::optional<Person>> PoseTracker::look_once_more(const image::View& picture,
                                                                LandmarkFinder& landmarks) {
  const auto body = landmarks.find(picture, person_->body.next);
  if (!body.ok()) return body.error();
  if (!body.value() || !same_body(person_->body.next, body.value()->next)) {
    return std::optional<Person>();
  }
  return std::optional(person_of(*body.value()));
}

/// Someone who lies, where only someone is followed who does less so, now and then.
base::Result<std::optional<Person>> PoseTracker::look_again(const image::View& picture,
                                                            LandmarkFinder& landmarks) {
  if (frames_unsure_ < kLookAgainFrames || frames_unsure_ % kLookAgainEvery != 0) {
    return std::optional<Person>();
  }
  auto other = search_.once(picture, looks_++, landmarks);
  if (other.ok() && other.value() && other.value()->posture <= person_->posture) {
    return std::optional<Person>();
  }
  return other;
}

base::Result<std::optional<Person>> PoseTracker::search(const image::View& picture,
                                                        LandmarkFinder& landmarks) {
  const bool waiting = last_lying_ && frames_since_lying_ < kWaitForLyingFrames;
  if (waiting) {
    auto back = look_where_they_lay(picture, landmarks);
    if (!back.ok() || back.value()) return back;
  }
  auto person = look_for_anybody(picture, landmarks);
  if (waiting && person.ok() && person.value() && person.value()->posture < last_posture_) {
    return std::optional<Person>();
  }
  return person;
}

/// Everywhere in the first frame and right after a loss, then one look a frame.
base::Result<std::optional<Person>> PoseTracker::look_for_anybody(const image::View& picture,
                                                                  LandmarkFinder& landmarks) {
  if (frames_without_ == 0) {
    presence_.forget();
    return anybody_ ? search_.everywhere(picture, landmarks)
                    : search_.thoroughly(picture, landmarks);
  }
  if (!presence_.worth_a_look(picture, Search::round(picture.size()))) {
    return std::optional<Person>();
  }
  if (last_lying_ && looks_ % kLookBackEvery == 0) {
    auto back = look_where_they_lay(picture, landmarks);
    if (!back.ok() || back.value()) return back;
  }
  auto person = search_.once(picture, looks_++, landmarks);
  if (person.ok() && !person.value()) presence_.looked_in_vain();
  return person;
}

/// Who lay and was not seen for a moment, before anyone else.
base::Result<std::optional<Person>> PoseTracker::look_where_they_lay(
    const image::View& picture, LandmarkFinder& landmarks) {
  const auto body = landmarks.find(picture, *last_lying_);
  if (!body.ok()) return body.error();
  if (!body.value()) return std::optional<Person>();
  const Person person = person_of(*body.value());
  if (!person.lies() || !same_body(*last_lying_, person.body.next)) {
    return std::optional<Person>();
  }
  return std::optional(person);
}

void PoseTracker::remember(const std::optional<Person>& person) {
  person_ = person;
  anybody_ = anybody_ || person_;
  if (person_) {
    upright_.see(person_->body);
    person_->body.next.quarters = upright_.quarters();
  }
  frames_without_ = person_ ? 0 : frames_without_ + 1;
  const bool sure = person_ && person_->posture == search_.surest();
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
