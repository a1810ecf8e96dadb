#include "protocol/pin_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "records/persons.h"

namespace matside::protocol {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;

class PinTokensTest : public ::testing::Test {
 protected:
  static records::Person person(records::Id id, const std::string& pin) {
    records::Person person;
    person.id = id;
    const auto hash = records::hash_pin(pin);
    EXPECT_TRUE(hash.ok());
    person.pin = hash.value();
    return person;
  }

  PinTokens tokens_;
  PinTokens::Time now_{seconds(1000)};
};

TEST_F(PinTokensTest, the_right_pin_gives_a_token_for_this_person_only) {
  const records::Person ada = person(1, "2468");
  const records::Person bo = person(2, "2468");
  const auto token = tokens_.issue(ada, "2468", kThisComputer, now_);
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(token.value().size(), 64U);
  EXPECT_TRUE(tokens_.authorizes(ada, token.value()));
  EXPECT_FALSE(tokens_.authorizes(bo, token.value()));
  EXPECT_FALSE(tokens_.authorizes(ada, ""));
  EXPECT_FALSE(tokens_.authorizes(ada, token.value().substr(1)));
}

TEST_F(PinTokensTest, a_person_without_a_pin_needs_no_token) {
  EXPECT_TRUE(tokens_.authorizes(person(1, ""), ""));
}

TEST_F(PinTokensTest, a_wrong_pin_gives_no_token) {
  const auto refused = tokens_.issue(person(1, "2468"), "2469", kThisComputer, now_);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::usage);
  EXPECT_EQ(refused.error().message, "Wrong PIN.");
}

TEST_F(PinTokensTest, each_wrong_pin_after_the_fifth_doubles_the_delay_up_to_a_day) {
  const records::Person ada = person(1, "2468");
  for (int i = 0; i < PinTokens::kFreeWrongPins; ++i) {
    EXPECT_EQ(tokens_.issue(ada, "0000", kThisComputer, now_).error().message, "Wrong PIN.");
  }
  for (int i = 0; i < 14; ++i) {
    const auto delay = std::min(minutes(1 << i), PinTokens::kLongestDelay);
    const auto locked = tokens_.issue(ada, "2468", kThisComputer, now_ + delay - seconds(1));
    ASSERT_FALSE(locked.ok()) << i;
    EXPECT_THAT(locked.error().message, HasSubstr("Too many wrong PINs on this device"));
    now_ += delay;
    EXPECT_EQ(tokens_.issue(ada, "0000", kThisComputer, now_).error().message, "Wrong PIN.");
  }
  EXPECT_TRUE(tokens_.issue(ada, "2468", kThisComputer, now_ + hours(24)).ok());
}

TEST_F(PinTokensTest, the_delay_is_told) {
  const records::Person ada = person(1, "2468");
  const auto message = [&] { return tokens_.issue(ada, "0000", 1, now_).error().message; };
  for (int i = 0; i < PinTokens::kFreeWrongPins; ++i) message();
  EXPECT_THAT(message(), HasSubstr("Wait a minute"));
  now_ += minutes(1);
  message();
  EXPECT_THAT(message(), HasSubstr("Wait 2 minutes"));
  for (int i = 0; i < 20; ++i) {
    now_ += hours(24);
    message();
  }
  EXPECT_THAT(message(), HasSubstr("Wait 24 hours"));
}

TEST_F(PinTokensTest, wrong_pins_on_one_device_lock_no_other_device_and_no_other_person) {
  const records::Person ada = person(1, "2468");
  for (int i = 0; i < 2 * PinTokens::kFreeWrongPins; ++i) {
    EXPECT_FALSE(tokens_.issue(ada, "0000", 3, now_).ok());
  }
  EXPECT_FALSE(tokens_.issue(ada, "2468", 3, now_).ok());
  EXPECT_TRUE(tokens_.issue(ada, "2468", kThisComputer, now_).ok());
  EXPECT_TRUE(tokens_.issue(ada, "2468", 4, now_).ok());
  EXPECT_TRUE(tokens_.issue(person(2, "1357"), "1357", 3, now_).ok());
}

TEST_F(PinTokensTest, the_right_pin_forgets_earlier_wrong_ones) {
  const records::Person ada = person(1, "2468");
  for (int round = 0; round < 2; ++round) {
    for (int i = 1; i < PinTokens::kFreeWrongPins; ++i) {
      EXPECT_FALSE(tokens_.issue(ada, "0000", kThisComputer, now_).ok());
    }
    EXPECT_TRUE(tokens_.issue(ada, "2468", kThisComputer, now_).ok());
  }
}

TEST_F(PinTokensTest, a_new_pin_ends_the_tokens_of_the_old_one) {
  const records::Person ada = person(1, "2468");
  const auto old = tokens_.issue(ada, "2468", kThisComputer, now_);
  ASSERT_TRUE(old.ok());
  // Another PIN, the same PIN set again, and another person with the same number and PIN.
  for (const char* pin : {"1357", "2468", "2468"}) {
    EXPECT_FALSE(tokens_.authorizes(person(1, pin), old.value()));
  }
  EXPECT_TRUE(tokens_.authorizes(ada, old.value()));
  EXPECT_TRUE(tokens_.authorizes(person(1, ""), old.value()));
}

TEST_F(PinTokensTest, a_new_pin_ends_the_delay) {
  for (int i = 0; i < 2 * PinTokens::kFreeWrongPins; ++i) {
    EXPECT_FALSE(tokens_.issue(person(1, "2468"), "0000", kThisComputer, now_).ok());
  }
  EXPECT_TRUE(tokens_.issue(person(1, "1357"), "1357", kThisComputer, now_).ok());
}

}  // namespace
}  // namespace matside::protocol
