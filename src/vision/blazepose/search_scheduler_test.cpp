#include "vision/blazepose/search_scheduler.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "vision/image/image.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kRound = 6;

/// A grey room with the noise of a camera in the dark, different in each picture.
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

/// The picture with a slightly lighter shape, an eighth as wide as the room.
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

/// Number of `count` pictures that are searched when every search fails.
int count_searches(SearchScheduler& scheduler, int count, bool somebody) {
  int search_regions = 0;
  for (int i = 0; i < count; ++i) {
    const auto picture = room(static_cast<std::uint32_t>(i) + 1U);
    if (!scheduler.should_search(somebody ? with_somebody(picture) : picture, kRound)) continue;
    ++search_regions;
    scheduler.record_failed_search();
  }
  return search_regions;
}

TEST(SearchScheduler, searches_an_unchanged_room_once_in_full_and_then_seldom) {
  SearchScheduler scheduler;
  EXPECT_EQ(count_searches(scheduler, kRound, false), static_cast<int>(kRound));
  EXPECT_EQ(count_searches(scheduler, 40, false), 40 / SearchScheduler::kSearchInterval);
}

TEST(SearchScheduler, searches_in_full_again_after_a_small_change) {
  SearchScheduler scheduler;
  count_searches(scheduler, 40, false);
  EXPECT_EQ(count_searches(scheduler, kRound, true), static_cast<int>(kRound));
}

TEST(SearchScheduler, searches_every_picture_while_searches_succeed) {
  SearchScheduler scheduler;
  for (std::uint32_t i = 0; i < 40; ++i) EXPECT_TRUE(scheduler.should_search(room(i), kRound));
}

}  // namespace
}  // namespace matside::blazepose
