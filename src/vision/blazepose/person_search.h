// Searches for a person while nobody is followed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/base/result.h"
#include "vision/blazepose/detector.h"
#include "vision/blazepose/landmark_model.h"
#include "vision/blazepose/lying_finder.h"
#include "vision/blazepose/pose_models.h"
#include "vision/image/view.h"

namespace matside::blazepose {

/// A person's posture. Of two people, the one with the later value here is followed.
enum class Posture : std::uint8_t {
  upright,
  lying,  ///< By the reference's joints; may also be somebody bent over their knees.
  prone,  ///< Located by the eye.
};

/// A detected person and their posture.
struct Person {
  DetectedBody body;
  Posture posture = Posture::upright;
  bool level = false;  ///< The trunk is nearer to horizontal than to vertical in the picture.

  /// Whether the posture is lying or prone.
  [[nodiscard]] bool lies() const { return posture != Posture::upright; }
};

/// Whether `one` is more likely than `other` to be the person practising: by posture, then by a
/// level trunk. False for equals.
bool is_better_candidate(const Person& one, const Person& other);

/// Adds the posture to a body.
Person classify_person(const DetectedBody& body);

/// Finds people with the detector, the finder and the landmark network. Prefers people who lie.
/// Every search fails with ErrorKind::model when a network fails. Not for use by two threads at
/// once.
class PersonSearch {
 public:
  /// The person, nothing when there is none, or the network's error.
  using PersonResult = base::Result<std::optional<Person>>;

  /// Loads the networks. Fails with ErrorKind::model when a file is missing, changed, or has
  /// unexpected inputs or outputs.
  static base::Result<PersonSearch> create(const PoseModels& models);

  /// Searches all regions of the picture, at each rotation, until a certain match is found.
  PersonResult search_all_regions(const image::View& picture, LandmarkModel& landmarks);

  /// As search_all_regions; without a certain match also searches small regions, for a person
  /// who is small in a large picture.
  PersonResult search_exhaustively(const image::View& picture, LandmarkModel& landmarks);

  /// Searches one region, chosen by `turn`: the whole picture every other time, the smaller
  /// regions in between.
  PersonResult search_next_region(const image::View& picture, std::size_t turn,
                                  LandmarkModel& landmarks);

  /// Calls of search_next_region that cover every region of a picture of `size`.
  [[nodiscard]] static std::size_t round(base::ImageSize size);

  /// The best posture that these networks can give; nothing can beat it.
  [[nodiscard]] Posture best_posture() const {
    return finder_ ? Posture::prone : Posture::lying;
  }

 private:
  PersonSearch(Detector detector, std::optional<LyingFinder> finder)
      : detector_(std::move(detector)), finder_(std::move(finder)) {}

  [[nodiscard]] bool is_certain(const std::optional<Person>& person) const {
    return person && person->posture == best_posture() && person->level;
  }
  PersonResult detect_in_region(const image::View& picture, const Region& square,
                                LandmarkModel& landmarks);
  PersonResult find_lying_person(const image::View& picture, const Region& square,
                                 LandmarkModel& landmarks);
  PersonResult search_small_region(const image::View& picture, const Region& square,
                                   LandmarkModel& landmarks);
  [[nodiscard]] PersonResult refine_candidate(const image::View& picture, const Person& person,
                                              LandmarkModel& landmarks) const;

  Detector detector_;
  std::optional<LyingFinder> finder_;
};

}  // namespace matside::blazepose
