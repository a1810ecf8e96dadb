#include "core/signal/sorted_values.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

namespace matside::signal {
namespace {

TEST(SortedValuesMedian, of_one_is_itself_and_of_two_their_middle) {
  SortedValues values(4);
  values.add(9.0);
  EXPECT_EQ(values.median(), 9.0);
  values.add(2.0);
  EXPECT_EQ(values.median(), 5.5);
}

TEST(SortedValuesMedian, does_not_depend_on_the_order_of_adding) {
  std::vector<double> numbers{-3.0, 0.5, 0.5, 2.0, 7.0};
  do {
    SortedValues values(numbers.size());
    for (const double n : numbers) values.add(n);
    EXPECT_EQ(values.median(), 0.5);
  } while (std::ranges::next_permutation(numbers).found);
}

TEST(SortedValuesMedian, removing_one_of_equal_values_leaves_the_others) {
  SortedValues values(4);
  for (const double n : {5.0, 5.0, 8.0}) values.add(n);
  values.remove(5.0);
  EXPECT_EQ(values.median(), 6.5);
  values.remove(5.0);
  EXPECT_EQ(values.median(), 8.0);
  values.remove(8.0);
  EXPECT_EQ(values.median(), std::nullopt);
}

TEST(SortedValuesMedian, is_right_beyond_the_capacity_asked_for) {
  SortedValues values(2);
  for (int n = 1; n <= 101; ++n) values.add(static_cast<double>(n));
  EXPECT_EQ(values.median(), 51.0);
}

TEST(SortedValuesMedian, after_clearing_is_of_later_values_only) {
  SortedValues values(8);
  values.add(100.0);
  values.clear();
  EXPECT_EQ(values.median(), std::nullopt);
  values.add(-1.0);
  EXPECT_EQ(values.median(), -1.0);
}

TEST(SortedValuesMedian, survives_random_changes) {
  std::mt19937 random(5);
  std::vector<double> plain;
  SortedValues values(64);
  for (int i = 0; i < 2000; ++i) {
    if (plain.size() < 3 || random() % 5 < 3) {
      plain.push_back(static_cast<double>(random() % 50));
      values.add(plain.back());
    } else {
      const auto victim = plain.begin() + static_cast<std::ptrdiff_t>(random() % plain.size());
      values.remove(*victim);
      plain.erase(victim);
    }
    std::vector<double> sorted = plain;
    std::ranges::sort(sorted);
    const double expected = 0.5 * (sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2]);
    EXPECT_EQ(values.median(), expected) << i;
  }
}

}  // namespace
}  // namespace matside::signal
