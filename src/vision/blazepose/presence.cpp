#include "vision/blazepose/presence.h"

#include <cmath>
#include <vector>

#include "vision/blazepose/sample.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kSamplesPerBlock = 4;  ///< Each way.
/// Of the full range. A camera's noise moves a block's mean by less; a body that fills half a
/// block and stands out by a tenth moves it by as much.
constexpr float kChanged = 0.05F;

}  // namespace

Presence::Blocks Presence::blocks_of(const image::View& picture) {
  constexpr std::size_t kSide = kBlocks * kSamplesPerBlock;
  std::vector<float> samples(kSide * kSide * 3);
  sample(picture, whole_picture(picture.size(), base::Radians(0.0)), Border::black, 0.0F, 1.0F,
         kSide, samples);
  Blocks blocks{};
  constexpr float kShare = 1.0F / (kSamplesPerBlock * kSamplesPerBlock);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::size_t row = i / 3 / kSide / kSamplesPerBlock;
    const std::size_t column = i / 3 % kSide / kSamplesPerBlock;
    blocks[(row * kBlocks + column) * 3 + i % 3] += kShare * samples[i];
  }
  return blocks;
}

bool Presence::worth_a_look(const image::View& picture, std::size_t round) {
  const Blocks now = blocks_of(picture);
  bool changed = !known_;
  for (std::size_t i = 0; !changed && i < now.size(); ++i) {
    changed = std::abs(now[i] - (*known_)[i]) > kChanged;
  }
  if (changed) {
    known_ = now;
    vain_ = 0;
    passed_over_ = 0;
  }
  if (vain_ < round) return true;
  passed_over_ = (passed_over_ + 1) % kEvery;
  return passed_over_ == 0;
}

void Presence::forget() {
  known_.reset();
  vain_ = 0;
  passed_over_ = 0;
}

}  // namespace matside::blazepose
