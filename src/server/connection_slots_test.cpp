#include "server/connection_slots.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matside::server {
namespace {

class ConnectionSlotsTest : public ::testing::Test {
 protected:
  static Limits small() {
    Limits limits;
    limits.connections = 2;
    limits.strangers = 3;
    return limits;
  }
  ConnectionSlot enter(const std::string& name, const std::string& network = "a") {
    return slots_.enter(network, [this, name] { dropped_.push_back(name); });
  }

  ConnectionSlots slots_{small()};
  std::vector<std::string> dropped_;
};

TEST_F(ConnectionSlotsTest, the_oldest_stranger_makes_room) {
  const auto first = enter("1");
  const auto second = enter("2");
  const auto third = enter("3");
  EXPECT_TRUE(dropped_.empty());
  const auto fourth = enter("4");
  EXPECT_EQ(dropped_, std::vector<std::string>{"1"});
  EXPECT_EQ(slots_.strangers(), 3U);
}

TEST_F(ConnectionSlotsTest, a_network_with_many_strangers_loses_its_own) {
  const auto phone = enter("phone", "b");
  std::vector<ConnectionSlot> flood;
  for (int i = 0; i < 200; ++i) flood.push_back(enter("flood"));
  EXPECT_EQ(dropped_, std::vector<std::string>(198, "flood"));
  EXPECT_TRUE(phone->admit(1));
}

TEST_F(ConnectionSlotsTest, strangers_take_no_place_of_known_connections) {
  std::vector<ConnectionSlot> flood;
  for (int i = 0; i < 200; ++i) flood.push_back(enter("flood"));
  const auto one = enter("one");
  EXPECT_TRUE(one->admit(1));
  EXPECT_TRUE(one->admit(1));
  const auto two = enter("two");
  EXPECT_TRUE(two->admit(2));
  const auto three = enter("three");
  EXPECT_FALSE(three->admit(3));
  EXPECT_EQ(slots_.known(), 2U);
}

TEST_F(ConnectionSlotsTest, a_slot_is_given_back) {
  {
    const auto one = enter("one");
    const auto two = enter("two");
    ASSERT_TRUE(one->admit(1) && two->admit(1));
    const auto three = enter("three");
  }
  EXPECT_EQ(slots_.known() + slots_.strangers(), 0U);
  EXPECT_TRUE(enter("again")->admit(1));
}

TEST_F(ConnectionSlotsTest, unpairing_a_device_ends_its_connections_but_the_asking_one) {
  const auto asking = enter("asking");
  const auto other = enter("other");
  const auto stranger = enter("stranger");
  ASSERT_TRUE(asking->admit(1) && other->admit(1));
  slots_.drop_device(1, asking.get());
  slots_.drop_device(2, nullptr);
  EXPECT_EQ(dropped_, std::vector<std::string>{"other"});
}

}  // namespace
}  // namespace matside::server
