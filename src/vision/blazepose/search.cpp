#include "vision/blazepose/search.h"

#include <algorithm>
#include <utility>

#include "vision/blazepose/looks.h"
#include "vision/blazepose/posture.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kMaxCandidates = 4;

}  // namespace

bool surer(const Person& one, const Person& other) {
  if (one.posture != other.posture) return one.posture > other.posture;
  return one.level && !other.level;
}

Person person_of(const Body& body) {
  const bool level = trunk_is_level(body.pose);
  if (body.pose.by_eye) return {body, Posture::prone, level};
  return {body, lies_down(body.pose) ? Posture::lying : Posture::upright, level};
}

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

std::size_t Search::round(base::ImageSize size) {
  return 2 * (looks(size).size() - 1 + close_looks(size).size());
}

Search::Found Search::once(const image::View& picture, std::size_t turn,
                           LandmarkFinder& landmarks) {
  const auto squares = looks(picture.size());
  const std::size_t half = turn / 2;
  if (turn % 2 == 0) {
    return finder_ && half % 2 == 1 ? look_for_prone(picture, squares.front(), landmarks)
                                    : look(picture, squares.front(), landmarks);
  }
  const auto close = close_looks(picture.size());
  const std::size_t others = squares.size() - 1;
  const std::size_t which = half % (others + close.size());
  return which < others ? look(picture, squares[which + 1], landmarks)
                        : look_closely(picture, close[which - others], landmarks);
}

Search::Found Search::everywhere(const image::View& picture, LandmarkFinder& landmarks) {
  std::optional<Person> best;
  bool first = true;
  for (const Region& square : looks(picture.size())) {
    auto person = look(picture, square, landmarks);
    if (!person.ok() || sure(person.value())) return person;
    if (std::exchange(first, false) && finder_) {
      auto prone = look_for_prone(picture, square, landmarks);
      if (!prone.ok() || sure(prone.value())) return prone;
      if (prone.value()) best = prone.value();
    }
    if (!person.value()) continue;
    if (!best || surer(*person.value(), *best)) best = person.value();
  }
  return best;
}

Search::Found Search::thoroughly(const image::View& picture, LandmarkFinder& landmarks) {
  auto person = everywhere(picture, landmarks);
  if (!person.ok() || sure(person.value())) return person;
  for (const Region& square : close_looks(picture.size())) {
    auto other = look_closely(picture, square, landmarks);
    if (!other.ok()) return other;
    if (other.value() &&
        (!person.value() || other.value()->posture > person.value()->posture)) {
      person = std::move(other);
      if (sure(person.value())) break;
    }
  }
  return person;
}

/// The finder knows lying bodies at every turn, the detector upright ones.
Search::Found Search::look_closely(const image::View& picture, const Region& square,
                                   LandmarkFinder& landmarks) {
  return finder_ ? look_for_prone(picture, square, landmarks)
                 : look(picture, square, landmarks);
}

/// Somebody lying whom the detector does not see; the eye must agree. There must be a finder.
Search::Found Search::look_for_prone(const image::View& picture, const Region& square,
                                     LandmarkFinder& landmarks) {
  const auto region = finder_->find(picture, square);
  if (!region.ok()) return region.error();
  if (!region.value()) return std::optional<Person>();
  auto body = landmarks.find(picture, *region.value());
  if (!body.ok()) return body.error();
  if (!body.value() || !body.value()->pose.by_eye) return std::optional<Person>();
  return look_closer(picture, person_of(*body.value()), landmarks);
}

/// Somebody lying, seen once more in the region of their own joints: the first region is rough,
/// and what is nobody is seldom taken for somebody twice. Where there is no eye, everything
/// stays as the reference has it.
Search::Found Search::look_closer(const image::View& picture, const Person& person,
                                  LandmarkFinder& landmarks) const {
  if (!finder_ || !person.lies()) return std::optional<Person>(person);
  auto body = landmarks.find(picture, person.body.next);
  if (!body.ok()) return body.error();
  if (!body.value()) return std::optional<Person>();
  return std::optional<Person>(person_of(*body.value()));
}

/// The best of the people the detector sees: by posture, then the larger one.
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
    if (!best || surer(person, *best) || (!surer(*best, person) && larger)) {
      best = person;
    }
  }
  return best;
}

}  // namespace matside::blazepose
