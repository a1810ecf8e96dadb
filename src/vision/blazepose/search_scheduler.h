// Decides when to search for people while nobody is found, so that an empty room costs little.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "vision/image/view.h"

namespace matside::blazepose {

/// Compares pictures coarsely. After a change, every picture is searched until a whole round of
/// searches has failed; then one picture in kSearchInterval, until something changes again.
class SearchScheduler {
 public:
  /// Pictures per search while nothing changes.
  static constexpr int kSearchInterval = 4;

  /// Whether to search this picture. Call once for each picture without a person. `round` is
  /// the number of searches that cover a whole picture.
  bool should_search(const image::View& picture, std::size_t round);

  /// Reports that a search found nobody.
  void record_failed_search() { ++failed_searches_; }

  /// Starts again, without a known picture.
  void clear();

 private:
  static constexpr std::size_t kBlocks = 16;  ///< Each way.
  using Blocks = std::array<float, kBlocks * kBlocks * 3>;
  static Blocks blocks_of(const image::View& picture);

  std::optional<Blocks> known_;      ///< The picture at the last change.
  std::size_t failed_searches_ = 0;  ///< Failed searches since then.
  int skipped_ = 0;
};

}  // namespace matside::blazepose
