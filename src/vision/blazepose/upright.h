// Which way up a picture is, told by the body that lies in it.
#pragma once

#include <optional>

#include "core/base/point.h"
#include "vision/blazepose/landmarks.h"

namespace matside::blazepose {

/// Quarters by which a picture must be turned clockwise to stand upright, told by one body:
/// whoever lies prone has the mat where the elbows are, and raises the feet away from it.
/// Nothing where the body lies too flat to tell, or the eye has not seen it.
std::optional<int> quarters_told_by(const Body& body);

/// Watches the bodies of one video. A recording may be stored turned without saying so; a
/// detector that looks at every turn finds the body all the same, but up and down, and so left
/// and right, are the picture's.
class Upright {
 public:
  /// To be called with each frame's body, in order.
  void see(const Body& body);

  /// 0 to 3: what kFramesToTell frames in a row have told, 0 before.
  [[nodiscard]] int quarters() const { return quarters_; }

  static constexpr int kFramesToTell = 12;

 private:
  int quarters_ = 0;
  int told_ = 0;    ///< What the last frames tell,
  int in_row_ = 0;  ///< and how many of them.
};

/// The body's pose in the picture turned clockwise by `quarters`: its places, and left and
/// right by how a prone body lies there, where the eye has seen it. `size` is of the picture as
/// it was.
pose::Pose turned(const Body& body, int quarters, base::ImageSize size);

/// Size of the picture turned by `quarters`.
base::ImageSize turned(base::ImageSize size, int quarters);

}  // namespace matside::blazepose
