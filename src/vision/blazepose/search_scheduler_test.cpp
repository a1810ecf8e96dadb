#include "vision/blazepose/search_scheduler.h"

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
int looks_at(SearchScheduler& presence, int count, bool somebody) {
  int search_regions = 0;
  for (int i = 0; i < count; ++i) {
    const auto picture = room(static_cast<std::uint32_t>(i) + 1U);
    if (!presence.should_search(somebody ? with_somebody(picture) : picture, kRound)) continue;
    ++search_regions;
    presence.record_failed_search();
  }
  return search_regions;
}

TEST(SearchScheduler, searches_an_unchanged_room_once_in_full_and_then_seldom) {
  SearchScheduler presence;
  EXPECT_EQ(looks_at(presence, kRound, false), static_cast<int>(kRound));
  EXPECT_EQ(looks_at(presence, 40, false), 40 / SearchScheduler::kSearchInterval);
}

TEST(SearchScheduler, searches_in_full_again_after_a_small_change) {
  SearchScheduler presence;
  looks_at(presence, 40, false);
  EXPECT_EQ(looks_at(presence, kRound, true), static_cast<int>(kRound));
}

TEST(SearchScheduler, searches_every_picture_while_searches_succeed) {
  SearchScheduler presence;
  for (std::uint32_t i = 0; i < 40; ++i) EXPECT_TRUE(presence.should_search(room(i), kRound));
}

}  // namespace
}  // namespace matside::blazepose
