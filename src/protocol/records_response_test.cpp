#include "protocol/records_response.h"

#include <gtest/gtest.h>

namespace matside::protocol {
namespace {

using base::ErrorKind;

TEST(RecordsResponse, an_errors_kind_gives_the_status) {
  const auto status = [](ErrorKind kind) { return to_response({kind, "x"}).status; };
  EXPECT_EQ(status(ErrorKind::input), 400U);
  EXPECT_EQ(status(ErrorKind::usage), 400U);
  EXPECT_EQ(status(ErrorKind::not_found), 404U);
  EXPECT_EQ(status(ErrorKind::conflict), 409U);
  EXPECT_EQ(status(ErrorKind::output), 507U);
}

TEST(RecordsResponse, an_errors_text_does_not_change_the_status) {
  EXPECT_EQ(to_response({ErrorKind::input, "there is no such thing"}).status, 400U);
}

TEST(RecordsResponse, an_error_carries_its_message_even_if_it_is_not_utf8) {
  EXPECT_EQ(error_response(403, "say \"please\"").body, R"({"error":"say \"please\""})");
  EXPECT_EQ(error_response(400, "a\xff").body, "{\"error\":\"a\xEF\xBF\xBD\"}");
}

TEST(RecordsResponse, data_is_json_that_the_page_reads_itself) {
  const RecordsResponse response = json_response("{}");
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(response.type, "application/json");
  EXPECT_EQ(response.file_name, "");
}

TEST(QueryId, is_the_integer_behind_the_key) {
  EXPECT_EQ(query_id("/api/today?person=12", "person"), 12);
  for (const char* target :
       {"/api/today", "/api/today?", "/api/today?person=", "/api/today?person=x",
        "/api/today?person=1x", "/api/today?person=1&more=2", "/api/today?id=1",
        "/api/today?person=99999999999999999999"}) {
    EXPECT_FALSE(query_id(target, "person").has_value()) << target;
  }
}

TEST(QueryRepetition, is_a_practice_and_a_repetition_of_it) {
  const auto asked = query_repetition("/api/repetition?practice=12&index=3");
  ASSERT_TRUE(asked.has_value());
  EXPECT_EQ(asked->practice, 12);
  EXPECT_EQ(asked->index, 3);
  for (const char* query :
       {"", "?practice=1", "?index=1", "?practice=1&index=0", "?practice=1&index=1001",
        "?index=1&practice=1", "?practice=1&index=1&index=2", "?practice=x&index=1"}) {
    EXPECT_FALSE(query_repetition("/api/repetition" + std::string(query)).has_value()) << query;
  }
}

}  // namespace
}  // namespace matside::protocol
