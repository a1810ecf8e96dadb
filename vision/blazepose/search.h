// Looking for people where nobody is followed yet.
#pragma once

#include <cstddef>
#include <optional>

#include "core/base/result.h"
#include "vision/blazepose/detector.h"
#include "vision/blazepose/landmarks.h"
#include "vision/blazepose/lying_finder.h"
#include "vision/blazepose/model.h"
#include "vision/image/view.h"

namespace matside::blazepose {

/// Someone seen, and how they are placed.
struct Person {
  Body body;
  bool lying = false;  ///< As the joints are placed, or as the eye sees it.
};

/// The person that this body is.
Person person_of(const Body& body);

/// The networks that find people in whole pictures. Whoever lies comes before whoever does not.
/// All of it fails only when a network does. Not for use by two threads at once.
class Search {
 public:
  using Found = base::Result<std::optional<Person>>;

  /// Fails with ErrorKind::model when a model file is not what it must be.
  static base::Result<Search> create(const Networks& networks);

  /// In all of the picture, at every turn, until someone lying is found.
  Found everywhere(const image::View& picture, LandmarkFinder& landmarks);

  /// One look, at another part of the picture for each `turn`: the whole picture every other
  /// time, and in turn the finder's and the other squares.
  Found once(const image::View& picture, std::size_t turn, LandmarkFinder& landmarks);

 private:
  Search(Detector detector, std::optional<LyingFinder> finder)
      : detector_(std::move(detector)), finder_(std::move(finder)) {}

  Found look(const image::View& picture, const Region& square, LandmarkFinder& landmarks);
  Found look_for_lying(const image::View& picture, LandmarkFinder& landmarks);
  [[nodiscard]] Found look_closer(const image::View& picture, const Person& person,
                                  LandmarkFinder& landmarks) const;

  Detector detector_;
  std::optional<LyingFinder> finder_;
};

}  // namespace matside::blazepose
