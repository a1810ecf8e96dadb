#include "server/pairing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matside::server {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Result = Pairing::Result;

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

TEST_F(PairingTest, shows_eight_digits_in_two_groups_and_accepts_them_with_or_without_spaces) {
  for (const std::string between : {" ", "", "-", "+"}) {
    pairing_.issue_code(now_);
    const std::string code = shown_.back();
    ASSERT_EQ(code.size(), 9U);
    EXPECT_EQ(code[4], ' ');
    EXPECT_EQ(code.find_first_not_of("0123456789 "), std::string::npos);
    EXPECT_EQ(pairing_.try_code(code.substr(0, 4) + between + code.substr(5), now_),
              Result::paired);
  }
}

TEST_F(PairingTest, a_code_pairs_one_device) {
  pairing_.issue_code(now_);
  EXPECT_EQ(pairing_.try_code(shown_.back(), now_), Result::paired);
  EXPECT_EQ(pairing_.try_code(shown_.back(), now_), Result::expired);
  pairing_.issue_code(now_);
  EXPECT_EQ(shown_.size(), 2U);
  EXPECT_NE(shown_[0], shown_[1]);
}

TEST_F(PairingTest, a_code_is_valid_for_ten_minutes) {
  pairing_.issue_code(now_);
  pairing_.issue_code(now_ + minutes(10) - seconds(1));
  EXPECT_EQ(shown_.size(), 1U);
  EXPECT_EQ(pairing_.try_code(shown_[0], now_ + minutes(10)), Result::expired);
  pairing_.issue_code(now_ + minutes(10));
  EXPECT_EQ(shown_.size(), 2U);
  EXPECT_EQ(pairing_.try_code(shown_[1], now_ + minutes(20) - seconds(1)), Result::paired);
}

TEST_F(PairingTest, five_wrong_codes_lock_pairing_for_a_minute) {
  pairing_.issue_code(now_);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(pairing_.try_code(wrong_for(shown_[0]), now_), Result::wrong);
  }
  EXPECT_EQ(pairing_.try_code(shown_[0], now_ + seconds(59)), Result::locked);
  EXPECT_EQ(pairing_.try_code(shown_[0], now_ + seconds(60)), Result::paired);
}

TEST_F(PairingTest, a_shorter_or_longer_code_is_wrong) {
  pairing_.issue_code(now_);
  const std::string code = shown_[0];
  EXPECT_EQ(pairing_.try_code("", now_), Result::wrong);
  EXPECT_EQ(pairing_.try_code(code.substr(0, 8), now_), Result::wrong);
  EXPECT_EQ(pairing_.try_code(code + "0", now_), Result::wrong);
}

TEST_F(PairingTest, without_a_code_no_device_is_paired) {
  EXPECT_EQ(pairing_.try_code("", now_), Result::expired);
  EXPECT_EQ(pairing_.try_code("00000000", now_), Result::expired);
}

TEST_F(PairingTest, recognises_registered_devices_only) {
  const std::string first = pairing_.register_device("first");
  EXPECT_EQ(first.size(), 64U);
  EXPECT_EQ(pairing_.device(first), 1);
  EXPECT_FALSE(pairing_.device(""));
  EXPECT_FALSE(pairing_.device(wrong_for(first)));
  EXPECT_FALSE(pairing_.device(first.substr(1)));
  const std::string second = pairing_.register_device("second");
  EXPECT_NE(first, second);
  for (std::size_t i = 1; i < Pairing::kMaxDevices; ++i) {
    pairing_.register_device("another");
  }
  EXPECT_FALSE(pairing_.device(first));
  EXPECT_EQ(pairing_.device(second), 2);
}

TEST_F(PairingTest, an_unpaired_device_is_unknown_and_the_others_stay) {
  const std::string phone = pairing_.register_device("phone");
  const std::string tablet = pairing_.register_device("tablet");
  ASSERT_EQ(pairing_.devices().size(), 2U);
  EXPECT_EQ(pairing_.devices()[0].name, "phone");
  EXPECT_TRUE(pairing_.unpair(1));
  EXPECT_FALSE(pairing_.unpair(1));
  EXPECT_FALSE(pairing_.unpair(7));
  EXPECT_FALSE(pairing_.device(phone));
  EXPECT_EQ(pairing_.device(tablet), 2);
  EXPECT_EQ(pairing_.device(pairing_.register_device("phone")), 3);
}

}  // namespace
}  // namespace matside::server
