#include "vision/blazepose/presence.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "vision/image/image.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kRound = 6;

/// A grey room with noise like a camera's in the dark, another in each picture.
image::Image room(std::uint32_t seed) {
  image::Image picture{{640, 360}, {}};
  picture.rgb.resize(picture.stride_bytes() * static_cast<std::size_t>(picture.size.height_px));
  std::uint32_t state = seed * 2654435761U + 1U;
  for (auto& value : picture.rgb) {
    state = state * 1664525U + 1013904223U;
    value = static_cast<std::uint8_t>(70 + static_cast<int>(state >> 24) % 31);
  }
  return picture;
}

/// With something a little lighter lying in it, an eighth of it wide.
image::Image with_somebody(image::Image picture) {
  for (int y = 300; y < 325; ++y) {
    for (int x = 400; x < 480; ++x) {
      const auto at = static_cast<std::size_t>(y * 640 + x) * 3;
      for (std::size_t c = 0; c < 3; ++c) {
        picture.rgb[at + c] = static_cast<std::uint8_t>(picture.rgb[at + c] + 50);
      }
    }
  }
  return picture;
}

/// How many of `count` pictures are worth a look, when no look finds anybody.
int looks_at(Presence& presence, int count, bool somebody) {
  int looks = 0;
  for (int i = 0; i < count; ++i) {
    const auto picture = room(static_cast<std::uint32_t>(i) + 1U);
    if (!presence.worth_a_look(somebody ? with_somebody(picture) : picture, kRound)) continue;
    ++looks;
    presence.looked_in_vain();
  }
  return looks;
}

TEST(Presence, in_a_room_that_stays_empty_is_looked_for_once_all_round_and_then_seldom) {
  Presence presence;
  EXPECT_EQ(looks_at(presence, kRound, false), static_cast<int>(kRound));
  EXPECT_EQ(looks_at(presence, 40, false), 40 / Presence::kEvery);
}

TEST(Presence, is_looked_for_all_round_again_when_something_small_has_come) {
  Presence presence;
  looks_at(presence, 40, false);
  EXPECT_EQ(looks_at(presence, kRound, true), static_cast<int>(kRound));
}

TEST(Presence, is_looked_for_in_every_picture_while_looks_are_not_in_vain) {
  Presence presence;
  for (std::uint32_t i = 0; i < 40; ++i) EXPECT_TRUE(presence.worth_a_look(room(i), kRound));
}

}  // namespace
}  // namespace matside::blazepose
