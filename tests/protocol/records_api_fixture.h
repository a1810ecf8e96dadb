// A RecordsApi over an empty database in a folder of its own.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "protocol/records_api.h"
#include "records/sqlite/repository.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"

namespace matside::protocol {

inline constexpr std::int64_t kMonday_unix_s = 1'767'600'000;

class RecordsApiFixture : public ::testing::Test {
 protected:
  RecordsApiFixture() {
    auto opened = records::sqlite::open(folder_.path("matside.db").string());
    EXPECT_TRUE(opened.ok());
    database_ = opened.value().get();
    setup_.now = [] { return records::LocalTime{{kMonday_unix_s}, 60}; };
    setup_.rules = support::plan_rules();
    setup_.engine = {"matside test", "blazepose-lite", false};
    api_.emplace(std::move(opened).value(), installed_, setup_, tokens_, recording_);
  }

  RecordsResponse get(const std::string& target, const std::string& token = "") {
    return api_->handle({false, target, "", token});
  }
  RecordsResponse post(const std::string& target, const nlohmann::json& body,
                       const std::string& token = "") {
    return api_->handle({true, target, body.dump(), token});
  }
  static nlohmann::json parsed(const RecordsResponse& response) {
    return nlohmann::json::parse(response.body);
  }

  support::MediaFolder folder_;
  records::Exercises installed_{
      std::span<const exercise::Definition>(support::installed_exercises())};
  RecordsSetup setup_;
  PinTokens tokens_;
  LastRecording recording_;
  records::Repository* database_ = nullptr;
  std::optional<RecordsApi> api_;
};

}  // namespace matside::protocol
