#include "practice/network_choice.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace matside::practice {
namespace {

using blazepose::Variant;

blazepose::PoseModels models(bool eye) {
  const std::filesystem::path root = MATSIDE_BINARY_DIR;
  return {.folder = root / "share/matside/models", .variant = Variant::heavy, .eye = eye};
}

TEST(ChooseNetworks, takes_the_best_network_within_the_budget) {
  const auto rich = choose_networks(models(true), base::Seconds(1000.0));
  ASSERT_TRUE(rich) << rich.error().message;
  EXPECT_EQ(rich.value().models.variant, Variant::full);
  EXPECT_TRUE(rich.value().models.eye);
  EXPECT_GT(rich.value().per_picture.value(), 0.0);
  const auto without_eye = choose_networks(models(false), base::Seconds(1000.0));
  ASSERT_TRUE(without_eye);
  EXPECT_EQ(without_eye.value().models.variant, Variant::heavy);
}

TEST(ChooseNetworks, takes_the_fastest_network_where_none_keeps_up) {
  const auto poor = choose_networks(models(true), base::Seconds(1e-6));
  ASSERT_TRUE(poor) << poor.error().message;
  EXPECT_EQ(poor.value().models.variant, Variant::lite);
  EXPECT_FALSE(poor.value().models.eye);
}

TEST(ChooseNetworks, fails_where_there_are_no_networks) {
  const auto choice = choose_networks({.folder = "/nowhere"});
  ASSERT_FALSE(choice);
  EXPECT_EQ(choice.error().kind, base::ErrorKind::model);
}

TEST(NetworkChoice, is_too_slow_only_below_the_lowest_rate) {
  const auto too_slow = [](double per_picture_s) {
    return NetworkChoice{{}, base::Seconds(per_picture_s)}.too_slow();
  };
  EXPECT_FALSE(too_slow(0.01));
  EXPECT_FALSE(too_slow(0.045)) << "22 pictures a second, fewer than a camera gives";
  EXPECT_FALSE(too_slow(1.0 / kLowestRate_hz));
  EXPECT_TRUE(too_slow(0.051));
}

}  // namespace
}  // namespace matside::practice
