// Whether it is worth looking for people where nobody was found: an empty room costs little.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "vision/image/view.h"

namespace matside::blazepose {

/// Compares pictures coarsely. While they stay as they were when a whole round of looks was in
/// vain, one picture in kEvery is worth a look; when something has changed, each one is until
/// another round is over.
class Presence {
 public:
  static constexpr int kEvery = 4;

  /// To be asked once for each picture in which nobody is known to be. `round` is how many
  /// looks see all of a picture.
  bool worth_a_look(const image::View& picture, std::size_t round);

  /// A look has found nobody.
  void looked_in_vain() { ++vain_; }

  /// Forgets the pictures.
  void forget();

 private:
  static constexpr std::size_t kBlocks = 16;  ///< Each way.
  using Blocks = std::array<float, kBlocks * kBlocks * 3>;
  static Blocks blocks_of(const image::View& picture);

  std::optional<Blocks> known_;  ///< The picture as it was at the last change.
  std::size_t vain_ = 0;         ///< Looks since then.
  int passed_over_ = 0;
};

}  // namespace matside::blazepose
