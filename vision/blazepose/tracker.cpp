#include "vision/blazepose/tracker.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

#include "vision/blazepose/looks.h"
#include "vision/blazepose/posture.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kMaxCandidates = 4;
/// A body that moves or grows more than this from one frame to the next is another body.
constexpr double kMaxShift = 0.35;  ///< Of the region's side.
constexpr double kMaxGrowth = 1.6;
constexpr base::Degrees kMaxTurn(75.0);
/// While only someone upright is followed: how often to look for someone lying, in frames.
constexpr int kLookAgainFrames = 60;
/// After someone lying was lost: how long not to take someone upright instead, in frames.
constexpr int kWaitForLyingFrames = 30;

bool has_pixels(const image::Image& picture) {
  return picture.size.width_px > 0 && picture.size.height_px > 0 &&
         picture.rgb.size() ==
             picture.stride_bytes() * static_cast<std::size_t>(picture.size.height_px);
}

base::Error no_pixels() { return {base::ErrorKind::input, "a picture has no pixels"}; }

double turn_between_deg(base::Radians a, base::Radians b) {
  const double difference = std::remainder(a.value() - b.value(), 2 * std::numbers::pi);
  return std::abs(base::to_degrees(base::Radians(difference)).value());
}

/// Whether somebody lies, as their joints are placed or as the eye sees it.
bool lies(const Body& body) { return body.pose.by_eye || lies_down(body.pose); }

/// Whether regions of two frames one after the other can be round the same body.
bool same_body(const Region& before, const Region& after) {
  const double growth = after.side_px / before.side_px;
  return base::length(after.centre - before.centre) <= kMaxShift * before.side_px &&
         growth <= kMaxGrowth && growth >= 1.0 / kMaxGrowth &&
         turn_between_deg(after.turn, before.turn) <= kMaxTurn.value();
}

// Each thread holds its own packed weights: 67 MB of them for the heavy network, whose third
// and fourth thread would take the program over 300 MB.
int most_threads(Variant variant) {
  return variant == Variant::heavy ? 2 : static_cast<int>(kBatch);
}

}  // namespace

base::Result<PoseTracker> PoseTracker::create(const Networks& networks, int threads) {
  assert(threads >= 1);
  auto detector = Detector::create(networks.folder);
  if (!detector.ok()) return detector.error();
  std::optional<LyingFinder> finder;
  if (networks.with_eye()) {
    auto made = LyingFinder::create(networks);
    if (!made.ok()) return made.error();
    finder = std::move(made).value();
  }
  auto landmarks =
      LandmarkCrew::create(networks, std::min(threads, most_threads(networks.variant)));
  if (!landmarks.ok()) return landmarks.error();
  return PoseTracker(std::move(detector).value(), std::move(finder),
                     std::move(landmarks).value());
}

base::Result<std::optional<pose::Pose>> PoseTracker::detect(const image::Image& picture) {
  if (!has_pixels(picture)) return no_pixels();
  auto person = look_everywhere(picture);
  if (!person.ok()) return person.error();
  if (!person.value()) return std::optional<pose::Pose>();
  return std::optional<pose::Pose>(person.value()->body.pose);
}

base::Result<PoseTracker::Poses> PoseTracker::track(Pictures pictures) {
  for (const image::Image* picture : pictures) {
    if (!has_pixels(*picture)) return no_pixels();
  }
  Poses poses;
  poses.reserve(pictures.size());
  while (poses.size() < pictures.size()) {
    const Pictures rest = pictures.subspan(poses.size());
    const auto followed = follow(rest.first(std::min(rest.size(), kBatch)), poses);
    if (!followed.ok()) return followed.error();
    if (followed.value() > 0) continue;
    const auto person = search(*rest.front());
    if (!person.ok()) return person.error();
    remember(person.value(), poses);
  }
  return poses;
}

/// Looks where the person was, and takes the frames up to the first one that must be looked at
/// in another way. @returns how many it took.
base::Result<std::size_t> PoseTracker::follow(Pictures pictures, Poses& poses) {
  if (!person_) return std::size_t{0};
  const auto bodies = landmarks_->find(pictures, person_->body.next);
  if (!bodies.ok()) return bodies.error();
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const auto other = look_again(*pictures[i]);
    if (!other.ok()) return other.error();
    if (other.value()) {
      remember(other.value(), poses);
      return i + 1;
    }
    const std::optional<Body>& body = bodies.value()[i];
    if (!body) return i;
    const Person now{*body, lies(*body)};
    if (!same_person(now)) return i;
    remember(now, poses);
  }
  return pictures.size();
}

/// Someone lying, where only someone upright is followed and it is time to look for them.
base::Result<std::optional<PoseTracker::Person>> PoseTracker::look_again(
    const image::Image& picture) {
  if (frames_upright_ < kLookAgainFrames) return std::optional<Person>();
  frames_upright_ = 0;
  auto other = look_everywhere(picture);
  if (other.ok() && other.value() && !other.value()->lying) return std::optional<Person>();
  return other;
}

bool PoseTracker::same_person(const Person& now) const {
  return same_body(person_->body.next, now.body.next);
}

base::Result<std::optional<PoseTracker::Person>> PoseTracker::search(
    const image::Image& picture) {
  const bool waiting = last_lying_ && frames_since_lying_ < kWaitForLyingFrames;
  if (waiting) {
    auto back = look_where_they_lay(picture);
    if (!back.ok() || back.value()) return back;
  }
  // Everywhere in the first frame and right after a loss, then one look a frame: the whole
  // picture every other time, and in turn the finder's and the other squares.
  const auto squares = looks(picture.size);
  const std::size_t turn = looks_++;
  const std::size_t which = turn % 2 == 0 ? 0 : turn / 2 % squares.size();
  auto person = frames_without_ == 0          ? look_everywhere(picture)
                : turn % 2 == 1 && which == 0 ? look_for_lying(picture)
                                              : look(picture, squares[which]);
  if (person.ok() && person.value() && !person.value()->lying && waiting) {
    return std::optional<Person>();
  }
  return person;
}

/// Who lay and was not seen for a moment, before anyone else.
base::Result<std::optional<PoseTracker::Person>> PoseTracker::look_where_they_lay(
    const image::Image& picture) {
  auto body = landmarks_->find(picture, *last_lying_);
  if (!body.ok()) return body.error();
  if (!body.value() || !lies(*body.value())) return std::optional<Person>();
  if (!same_body(*last_lying_, body.value()->next)) return std::optional<Person>();
  return std::optional<Person>(Person{*body.value(), true});
}

base::Result<std::optional<PoseTracker::Person>> PoseTracker::look_everywhere(
    const image::Image& picture) {
  std::optional<Person> upright;
  bool first = true;
  for (const Region& square : looks(picture.size)) {
    auto person = look(picture, square);
    if (!person.ok()) return person.error();
    if (std::exchange(first, false) && !(person.value() && person.value()->lying)) {
      auto lying = look_for_lying(picture);
      if (!lying.ok() || lying.value()) return lying;
    }
    if (!person.value()) continue;
    if (person.value()->lying) return person;
    if (!upright) upright = person.value();
  }
  return upright;
}

/// Somebody lying whom the detector does not see; the eye must agree.
base::Result<std::optional<PoseTracker::Person>> PoseTracker::look_for_lying(
    const image::Image& picture) {
  if (!finder_) return std::optional<Person>();
  const auto region = finder_->find(picture, whole_picture(picture.size, base::Radians(0.0)));
  if (!region.ok()) return region.error();
  if (!region.value()) return std::optional<Person>();
  auto body = landmarks_->find(picture, *region.value());
  if (!body.ok()) return body.error();
  if (!body.value() || !body.value()->pose.by_eye) return std::optional<Person>();
  return look_closer(picture, Person{*body.value(), true});
}

/// Somebody lying, seen once more in the region of their own joints: the first region is rough,
/// and what is nobody is seldom taken for somebody twice. Where there is no eye, everything
/// stays as the reference has it.
base::Result<std::optional<PoseTracker::Person>> PoseTracker::look_closer(
    const image::Image& picture, const Person& person) {
  if (!finder_ || !person.lying) return std::optional<Person>(person);
  auto body = landmarks_->find(picture, person.body.next);
  if (!body.ok()) return body.error();
  if (!body.value()) return std::optional<Person>();
  return std::optional<Person>(Person{*body.value(), lies(*body.value())});
}

/// The best of the people the detector sees: lying before upright, then the larger one.
base::Result<std::optional<PoseTracker::Person>> PoseTracker::look(const image::Image& picture,
                                                                   const Region& square) {
  auto found = detector_.find(picture, square);
  if (!found.ok()) return found.error();
  std::optional<Person> best;
  for (std::size_t i = 0; i < std::min(found.value().size(), kMaxCandidates); ++i) {
    auto body = landmarks_->find(picture, found.value()[i].region);
    if (!body.ok()) return body.error();
    if (!body.value()) continue;
    const auto closer = look_closer(picture, {*body.value(), lies(*body.value())});
    if (!closer.ok()) return closer.error();
    if (!closer.value()) continue;
    const Person& person = *closer.value();
    const bool larger = best && person.body.next.side_px > best->body.next.side_px;
    if (!best || (person.lying && !best->lying) || (person.lying == best->lying && larger)) {
      best = person;
    }
  }
  return best;
}

void PoseTracker::remember(const std::optional<Person>& person, Poses& poses) {
  person_ = person;
  frames_without_ = person_ ? 0 : frames_without_ + 1;
  if (person_ && person_->lying) {
    last_lying_ = person_->body.next;
    frames_since_lying_ = 0;
    frames_upright_ = 0;
  } else {
    ++frames_since_lying_;
    if (person_) ++frames_upright_;
  }
  poses.push_back(person_ ? std::optional(person_->body.pose) : std::nullopt);
}

}  // namespace matside::blazepose
