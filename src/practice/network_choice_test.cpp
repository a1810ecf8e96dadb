#include "practice/network_choice.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

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
  EXPECT_TRUE(rich.value().models.eye && rich.value().within_budget);
  EXPECT_GT(rich.value().per_picture.value(), 0.0);
  const auto without_eye = choose_networks(models(false), base::Seconds(1000.0));
  ASSERT_TRUE(without_eye);
  EXPECT_EQ(without_eye.value().models.variant, Variant::heavy);
}

TEST(ChooseNetworks, takes_the_fastest_network_where_none_keeps_up_and_says_so) {
  const auto poor = choose_networks(models(true), base::Seconds(1e-6));
  ASSERT_TRUE(poor) << poor.error().message;
  EXPECT_EQ(poor.value().models.variant, Variant::lite);
  EXPECT_FALSE(poor.value().models.eye || poor.value().within_budget);
}

TEST(ChooseNetworks, fails_where_there_are_no_networks) {
  const auto choice = choose_networks({.folder = "/nowhere"});
  ASSERT_FALSE(choice);
  EXPECT_EQ(choice.error().kind, base::ErrorKind::model);
}

TEST(BestWithinBudget, is_the_first_network_that_leaves_a_quarter_of_the_budget) {
  const std::vector<InferenceTime> times = {{Variant::heavy, base::Seconds(0.048)},
                                            {Variant::full, base::Seconds(0.015)},
                                            {Variant::lite, base::Seconds(0.005)}};
  EXPECT_EQ(best_within_budget(times, base::Seconds(0.065)).variant, Variant::heavy);
  EXPECT_EQ(best_within_budget(times, base::Seconds(0.06)).variant, Variant::full);
  EXPECT_EQ(best_within_budget(times, base::Seconds(0.01)).variant, Variant::lite);
  EXPECT_EQ(best_within_budget(times, base::Seconds(0.001)).variant, Variant::lite);
}

}  // namespace
}  // namespace matside::practice
