#include "vision/blazepose/search.h"

#include <algorithm>
#include <utility>

#include "vision/blazepose/looks.h"
#include "vision/blazepose/posture.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kMaxCandidates = 4;

}  // namespace

Person person_of(const Body& body) { return {body, body.pose.by_eye || lies_down(body.pose)}; }

base::Result<Search> Search::create(const Networks& networks) {
  auto detector = Detector::create(networks.folder);
  if (!detector.ok()) return detector.error();
  std::optional<LyingFinder> finder;
  if (networks.with_eye()) {
    auto made = LyingFinder::create(networks);
    if (!made.ok()) return made.error();
    finder = std::move(made).value();
  }
  return Search(std::move(detector).value(), std::move(finder));
}

Search::Found Search::once(const image::View& picture, std::size_t turn,
                           LandmarkFinder& landmarks) {
  const auto squares = looks(picture.size());
  const std::size_t which = turn % 2 == 0 ? 0 : turn / 2 % squares.size();
  if (turn % 2 == 1 && which == 0) return look_for_lying(picture, landmarks);
  return look(picture, squares[which], landmarks);
}

Search::Found Search::everywhere(const image::View& picture, LandmarkFinder& landmarks) {
  std::optional<Person> upright;
  bool first = true;
  for (const Region& square : looks(picture.size())) {
    auto person = look(picture, square, landmarks);
    if (!person.ok()) return person.error();
    if (std::exchange(first, false) && !(person.value() && person.value()->lying)) {
      auto lying = look_for_lying(picture, landmarks);
      if (!lying.ok() || lying.value()) return lying;
    }
    if (!person.value()) continue;
    if (person.value()->lying) return person;
    if (!upright) upright = person.value();
  }
  return upright;
}

/// Somebody lying whom the detector does not see; the eye must agree.
Search::Found Search::look_for_lying(const image::View& picture, LandmarkFinder& landmarks) {
  if (!finder_) return std::optional<Person>();
  const auto region = finder_->find(picture, whole_picture(picture.size(), base::Radians(0.0)));
  if (!region.ok()) return region.error();
  if (!region.value()) return std::optional<Person>();
  auto body = landmarks.find(picture, *region.value());
  if (!body.ok()) return body.error();
  if (!body.value() || !body.value()->pose.by_eye) return std::optional<Person>();
  return look_closer(picture, Person{*body.value(), true}, landmarks);
}

/// Somebody lying, seen once more in the region of their own joints: the first region is rough,
/// and what is nobody is seldom taken for somebody twice. Where there is no eye, everything
/// stays as the reference has it.
Search::Found Search::look_closer(const image::View& picture, const Person& person,
                                  LandmarkFinder& landmarks) const {
  if (!finder_ || !person.lying) return std::optional<Person>(person);
  auto body = landmarks.find(picture, person.body.next);
  if (!body.ok()) return body.error();
  if (!body.value()) return std::optional<Person>();
  return std::optional<Person>(person_of(*body.value()));
}

/// The best of the people the detector sees: lying before upright, then the larger one.
Search::Found Search::look(const image::View& picture, const Region& square,
                           LandmarkFinder& landmarks) {
  auto found = detector_.find(picture, square);
  if (!found.ok()) return found.error();
  std::optional<Person> best;
  for (std::size_t i = 0; i < std::min(found.value().size(), kMaxCandidates); ++i) {
    auto body = landmarks.find(picture, found.value()[i].region);
    if (!body.ok()) return body.error();
    if (!body.value()) continue;
    const auto closer = look_closer(picture, person_of(*body.value()), landmarks);
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

}  // namespace matside::blazepose
