#include "server/pin_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records/persons.h"

namespace matside::server {
namespace {

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
  const auto token = tokens_.issue(ada, "2468", now_);
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
  const auto refused = tokens_.issue(person(1, "2468"), "2469", now_);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::usage);
  EXPECT_EQ(refused.error().message, "Wrong PIN.");
}

TEST_F(PinTokensTest, five_wrong_pins_lock_this_person_for_a_minute) {
  const records::Person ada = person(1, "2468");
  for (int i = 0; i < PinTokens::kMaxWrongPins; ++i) {
    EXPECT_FALSE(tokens_.issue(ada, "0000", now_).ok());
  }
  const auto locked = tokens_.issue(ada, "2468", now_ + seconds(59));
  ASSERT_FALSE(locked.ok());
  EXPECT_THAT(locked.error().message, HasSubstr("Wait a minute"));
  EXPECT_TRUE(tokens_.issue(person(2, "1357"), "1357", now_ + seconds(59)).ok());
  EXPECT_TRUE(tokens_.issue(ada, "2468", now_ + seconds(60)).ok());
}

TEST_F(PinTokensTest, the_right_pin_forgets_earlier_wrong_ones) {
  const records::Person ada = person(1, "2468");
  for (int round = 0; round < 2; ++round) {
    for (int i = 1; i < PinTokens::kMaxWrongPins; ++i) {
      EXPECT_FALSE(tokens_.issue(ada, "0000", now_).ok());
    }
    EXPECT_TRUE(tokens_.issue(ada, "2468", now_).ok());
  }
}

}  // namespace
}  // namespace matside::server
