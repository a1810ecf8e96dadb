#include "server/pairing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matside::server {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Answer = Pairing::Answer;

class PairingTest : public ::testing::Test {
 protected:
  static std::string wrong_for(std::string code) {
    code.back() = code.back() == '0' ? '1' : '0';
    return code;
  }

  std::vector<std::string> shown_;
  Pairing pairing_{[this](const std::string& code) { shown_.push_back(code); }};
  Pairing::Time now_{seconds(1000)};
};

TEST_F(PairingTest, shows_eight_digits_in_two_groups_and_takes_them_with_or_without_spaces) {
  for (const std::string between : {" ", "", "-", "+"}) {
    pairing_.invite(now_);
    const std::string code = shown_.back();
    ASSERT_EQ(code.size(), 9U);
    EXPECT_EQ(code[4], ' ');
    EXPECT_EQ(code.find_first_not_of("0123456789 "), std::string::npos);
    EXPECT_EQ(pairing_.try_code(code.substr(0, 4) + between + code.substr(5), now_),
              Answer::paired);
  }
}

TEST_F(PairingTest, a_code_pairs_one_device) {
  pairing_.invite(now_);
  EXPECT_EQ(pairing_.try_code(shown_.back(), now_), Answer::paired);
  EXPECT_EQ(pairing_.try_code(shown_.back(), now_), Answer::expired);
  pairing_.invite(now_);
  EXPECT_EQ(shown_.size(), 2U);
  EXPECT_NE(shown_[0], shown_[1]);
}

TEST_F(PairingTest, a_code_holds_for_ten_minutes) {
  pairing_.invite(now_);
  pairing_.invite(now_ + minutes(10) - seconds(1));
  EXPECT_EQ(shown_.size(), 1U);
  EXPECT_EQ(pairing_.try_code(shown_[0], now_ + minutes(10)), Answer::expired);
  pairing_.invite(now_ + minutes(10));
  EXPECT_EQ(shown_.size(), 2U);
  EXPECT_EQ(pairing_.try_code(shown_[1], now_ + minutes(20) - seconds(1)), Answer::paired);
}

TEST_F(PairingTest, five_wrong_codes_lock_it_for_a_minute) {
  pairing_.invite(now_);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(pairing_.try_code(wrong_for(shown_[0]), now_), Answer::wrong);
  }
  EXPECT_EQ(pairing_.try_code(shown_[0], now_ + seconds(59)), Answer::locked);
  EXPECT_EQ(pairing_.try_code(shown_[0], now_ + seconds(60)), Answer::paired);
}

TEST_F(PairingTest, a_part_of_the_code_or_more_than_it_is_wrong) {
  pairing_.invite(now_);
  const std::string code = shown_[0];
  EXPECT_EQ(pairing_.try_code("", now_), Answer::wrong);
  EXPECT_EQ(pairing_.try_code(code.substr(0, 8), now_), Answer::wrong);
  EXPECT_EQ(pairing_.try_code(code + "0", now_), Answer::wrong);
}

TEST_F(PairingTest, without_a_code_nobody_is_paired) {
  EXPECT_EQ(pairing_.try_code("", now_), Answer::expired);
  EXPECT_EQ(pairing_.try_code("00000000", now_), Answer::expired);
}

TEST_F(PairingTest, knows_the_devices_it_admitted_and_no_others) {
  const std::string first = pairing_.admit();
  EXPECT_EQ(first.size(), 64U);
  EXPECT_TRUE(pairing_.admitted(first));
  EXPECT_FALSE(pairing_.admitted(""));
  EXPECT_FALSE(pairing_.admitted(wrong_for(first)));
  EXPECT_FALSE(pairing_.admitted(first.substr(1)));
  const std::string second = pairing_.admit();
  EXPECT_NE(first, second);
  for (std::size_t i = 1; i < Pairing::kMostDevices; ++i) pairing_.admit();
  EXPECT_FALSE(pairing_.admitted(first));
  EXPECT_TRUE(pairing_.admitted(second));
}

}  // namespace
}  // namespace matside::server
