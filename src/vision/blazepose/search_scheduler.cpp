#include "vision/blazepose/search_scheduler.h"

#include <cmath>
#include <vector>

#include "vision/blazepose/sample.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kSamplesPerBlock = 4;  ///< Each way.
/// As a fraction of the full range. Camera noise changes a block's mean by less; a body that
/// fills half a block with a contrast of a tenth changes it by this much.
constexpr float kChanged = 0.05F;

}  // namespace

SearchScheduler::Blocks SearchScheduler::blocks_of(const image::View& picture) {
  constexpr std::size_t kSide = kBlocks * kSamplesPerBlock;
  std::vector<float> samples(kSide * kSide * 3);
  sample(picture, whole_picture_region(picture.size(), base::Radians(0.0)), Border::black, 0.0F,
         1.0F, kSide, samples);
  Blocks blocks{};
  constexpr float kShare = 1.0F / (kSamplesPerBlock * kSamplesPerBlock);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::size_t row = i / 3 / kSide / kSamplesPerBlock;
    const std::size_t column = i / 3 % kSide / kSamplesPerBlock;
    blocks[(row * kBlocks + column) * 3 + i % 3] += kShare * samples[i];
  }
  return blocks;
}

bool SearchScheduler::should_search(const image::View& picture, std::size_t round) {
  const Blocks now = blocks_of(picture);
  bool changed = !known_;
  for (std::size_t i = 0; !changed && i < now.size(); ++i) {
    changed = std::abs(now[i] - (*known_)[i]) > kChanged;
  }
  if (changed) {
    known_ = now;
    failed_searches_ = 0;
    skipped_ = 0;
  }
  if (failed_searches_ < round) return true;
  skipped_ = (skipped_ + 1) % kSearchInterval;
  return skipped_ == 0;
}

void SearchScheduler::clear() {
  known_.reset();
  failed_searches_ = 0;
  skipped_ = 0;
}

}  // namespace matside::blazepose
