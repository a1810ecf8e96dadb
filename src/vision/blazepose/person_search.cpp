#include "vision/blazepose/person_search.h"

#include <algorithm>
#include <utility>

#include "vision/blazepose/posture.h"
#include "vision/blazepose/search_regions.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kMaxCandidates = 4;

}  // namespace

bool is_better_candidate(const Person& one, const Person& other) {
  if (one.posture != other.posture) return one.posture > other.posture;
  return one.level && !other.level;
}

Person classify_person(const DetectedBody& body) {
  const bool level = trunk_is_level(body.pose);
  if (body.pose.by_eye) return {body, Posture::prone, level};
  return {body, lies_down(body.pose) ? Posture::lying : Posture::upright, level};
}

base::Result<PersonSearch> PersonSearch::create(const PoseModels& models) {
  auto detector = Detector::create(models);
  if (!detector.ok()) return detector.error();
  std::optional<LyingFinder> finder;
  if (models.with_eye()) {
    auto made = LyingFinder::create(models);
    if (!made.ok()) return made.error();
    finder = std::move(made).value();
  }
  return PersonSearch(std::move(detector).value(), std::move(finder));
}

std::size_t PersonSearch::round(base::ImageSize size) {
  return 2 * (search_regions(size).size() - 1 + small_search_regions(size).size());
}

PersonSearch::PersonResult PersonSearch::search_next_region(const image::View& picture,
                                                            std::size_t turn,
                                                            LandmarkModel& landmarks) {
  const auto squares = search_regions(picture.size());
  const std::size_t half = turn / 2;
  if (turn % 2 == 0) {
    return finder_ && half % 2 == 1 ? find_lying_person(picture, squares.front(), landmarks)
                                    : detect_in_region(picture, squares.front(), landmarks);
  }
  const auto close = small_search_regions(picture.size());
  const std::size_t others = squares.size() - 1;
  const std::size_t which = half % (others + close.size());
  return which < others ? detect_in_region(picture, squares[which + 1], landmarks)
                        : search_small_region(picture, close[which - others], landmarks);
}

PersonSearch::PersonResult PersonSearch::search_all_regions(const image::View& picture,
                                                            LandmarkModel& landmarks) {
  std::optional<Person> best;
  bool first = true;
  for (const Region& square : search_regions(picture.size())) {
    auto person = detect_in_region(picture, square, landmarks);
    if (!person.ok() || is_certain(person.value())) return person;
    if (std::exchange(first, false) && finder_) {
      auto prone = find_lying_person(picture, square, landmarks);
      if (!prone.ok() || is_certain(prone.value())) return prone;
      if (prone.value()) best = prone.value();
    }
    if (!person.value()) continue;
    if (!best || is_better_candidate(*person.value(), *best)) best = person.value();
  }
  return best;
}

PersonSearch::PersonResult PersonSearch::search_exhaustively(const image::View& picture,
                                                             LandmarkModel& landmarks) {
  auto person = search_all_regions(picture, landmarks);
  if (!person.ok() || is_certain(person.value())) return person;
  for (const Region& square : small_search_regions(picture.size())) {
    auto other = search_small_region(picture, square, landmarks);
    if (!other.ok()) return other;
    if (other.value() &&
        (!person.value() || other.value()->posture > person.value()->posture)) {
      person = std::move(other);
      if (is_certain(person.value())) break;
    }
  }
  return person;
}

/// The finder recognises lying bodies at any rotation, the detector upright ones.
PersonSearch::PersonResult PersonSearch::search_small_region(const image::View& picture,
                                                             const Region& square,
                                                             LandmarkModel& landmarks) {
  return finder_ ? find_lying_person(picture, square, landmarks)
                 : detect_in_region(picture, square, landmarks);
}

/// A lying person whom the detector misses; the eye must agree. There must be a finder.
PersonSearch::PersonResult PersonSearch::find_lying_person(const image::View& picture,
                                                           const Region& square,
                                                           LandmarkModel& landmarks) {
  const auto region = finder_->find(picture, square);
  if (!region.ok()) return region.error();
  if (!region.value()) return std::optional<Person>();
  auto body = landmarks.find(picture, *region.value());
  if (!body.ok()) return body.error();
  if (!body.value() || !body.value()->pose.by_eye) return std::optional<Person>();
  return refine_candidate(picture, classify_person(*body.value()), landmarks);
}

/// Runs a lying person again in the region of their own joints: the first region is rough, and
/// a false positive seldom repeats. Without an eye the person is returned unchanged.
PersonSearch::PersonResult PersonSearch::refine_candidate(const image::View& picture,
                                                          const Person& person,
                                                          LandmarkModel& landmarks) const {
  if (!finder_ || !person.lies()) return std::optional<Person>(person);
  auto body = landmarks.find(picture, person.body.next);
  if (!body.ok()) return body.error();
  if (!body.value()) return std::optional<Person>();
  return std::optional<Person>(classify_person(*body.value()));
}

/// The best of the people detected: by posture, then by size.
PersonSearch::PersonResult PersonSearch::detect_in_region(const image::View& picture,
                                                          const Region& square,
                                                          LandmarkModel& landmarks) {
  auto found = detector_.find(picture, square);
  if (!found.ok()) return found.error();
  std::optional<Person> best;
  for (std::size_t i = 0; i < std::min(found.value().size(), kMaxCandidates); ++i) {
    auto body = landmarks.find(picture, found.value()[i].region);
    if (!body.ok()) return body.error();
    if (!body.value()) continue;
    const auto closer = refine_candidate(picture, classify_person(*body.value()), landmarks);
    if (!closer.ok()) return closer.error();
    if (!closer.value()) continue;
    const Person& person = *closer.value();
    const bool larger = best && person.body.next.side_px > best->body.next.side_px;
    if (!best || is_better_candidate(person, *best) ||
        (!is_better_candidate(*best, person) && larger)) {
      best = person;
    }
  }
  return best;
}

}  // namespace matside::blazepose
