#include "server/devices_api.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace matside::server {
namespace {

using nlohmann::json;

class DevicesApiTest : public ::testing::Test {
 protected:
  DevicesApiTest() {
    pairing_.emplace([](const std::string&) {});
    pairing_->register_device("Chrome on Android");
    pairing_->register_device("Safari on iPad");
  }
  UnpairResponse unpair(const std::string& body) { return handle_unpair(pairing_, body, 2); }

  std::optional<Pairing> pairing_;
};

TEST_F(DevicesApiTest, lists_the_devices_and_which_one_asks) {
  EXPECT_EQ(json::parse(devices_response(pairing_, 2).body), json::parse(R"({"devices": [
      {"device": 1, "name": "Chrome on Android", "asking": false},
      {"device": 2, "name": "Safari on iPad", "asking": true}]})"));
  EXPECT_EQ(json::parse(devices_response(std::nullopt, 0).body)["devices"], json::array());
}

TEST_F(DevicesApiTest, unpairs_one_device_and_answers_with_the_others) {
  const UnpairResponse done = unpair(R"({"device":1})");
  EXPECT_EQ(done.unpaired, 1);
  EXPECT_EQ(done.response.status, 200U);
  EXPECT_EQ(json::parse(done.response.body)["devices"].size(), 1U);
  EXPECT_EQ(unpair(R"({"device":1})").response.status, 404U);
}

TEST_F(DevicesApiTest, a_body_that_is_not_valid_unpairs_nothing) {
  for (const char* body : {"", "[]", "{}", R"({"device":"1"})", R"({"device":0})",
                           R"({"device":99999999999})", R"({"device":1.5})"}) {
    const UnpairResponse refused = unpair(body);
    EXPECT_EQ(refused.response.status, 400U) << body;
    EXPECT_FALSE(refused.unpaired) << body;
  }
  EXPECT_EQ(unpair(R"({"device":3})").response.status, 404U);
  EXPECT_EQ(pairing_->devices().size(), 2U);
  std::optional<Pairing> none;
  EXPECT_EQ(handle_unpair(none, R"({"device":1})", 0).response.status, 404U);
}

}  // namespace
}  // namespace matside::server
