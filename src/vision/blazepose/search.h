// Looking for people where nobody is followed yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/base/result.h"
#include "vision/blazepose/detector.h"
#include "vision/blazepose/landmarks.h"
#include "vision/blazepose/lying_finder.h"
#include "vision/blazepose/model.h"
#include "vision/image/view.h"

namespace matside::blazepose {

/// How somebody is placed. Of two people, the later one here is the one who practises.
enum class Posture : std::uint8_t {
  upright,
  lying,  ///< As the joints are placed; somebody bent over their knees may be, too.
  prone,  ///< As the eye sees it.
};

/// Someone seen, and how they are placed.
struct Person {
  Body body;
  Posture posture = Posture::upright;
  bool level = false;  ///< The trunk lies along the picture, as in one that stands upright.

  [[nodiscard]] bool lies() const { return posture != Posture::upright; }
};

/// Whether `one` practises more surely than `other`; people alike in that are not ordered.
bool surer(const Person& one, const Person& other);

/// The person that this body is.
Person person_of(const Body& body);

/// The networks that find people in whole pictures. Whoever lies comes before whoever does not.
/// All of it fails only when a network does. Not for use by two threads at once.
class Search {
 public:
  using Found = base::Result<std::optional<Person>>;

  /// Fails with ErrorKind::model when a model file is not what it must be.
  static base::Result<Search> create(const Networks& networks);

  /// In all of the picture, at every turn, until someone lying along it is found.
  Found everywhere(const image::View& picture, LandmarkFinder& landmarks);

  /// As `everywhere`; where nobody is who surely practises, then also closely, for someone who
  /// is small in a large picture.
  Found thoroughly(const image::View& picture, LandmarkFinder& landmarks);

  /// One look, at another part of the picture for each `turn`: the whole picture every other
  /// time, and the other squares between.
  Found once(const image::View& picture, std::size_t turn, LandmarkFinder& landmarks);

  /// After so many turns, `once` has looked at every part.
  [[nodiscard]] static std::size_t round(base::ImageSize size);

  /// What nobody can be taken for more surely than: there is no need to look on.
  [[nodiscard]] Posture surest() const { return finder_ ? Posture::prone : Posture::lying; }

 private:
  Search(Detector detector, std::optional<LyingFinder> finder)
      : detector_(std::move(detector)), finder_(std::move(finder)) {}

  [[nodiscard]] bool sure(const std::optional<Person>& person) const {
    return person && person->posture == surest() && person->level;
  }
  Found look(const image::View& picture, const Region& square, LandmarkFinder& landmarks);
  Found look_for_prone(const image::View& picture, const Region& square,
                       LandmarkFinder& landmarks);
  Found look_closely(const image::View& picture, const Region& square,
                     LandmarkFinder& landmarks);
  [[nodiscard]] Found look_closer(const image::View& picture, const Person& person,
                                  LandmarkFinder& landmarks) const;

  Detector detector_;
  std::optional<LyingFinder> finder_;
};

}  // namespace matside::blazepose
