#include "protocol/request_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "records/repository.h"

namespace matside::protocol {
namespace {

using ::testing::HasSubstr;

std::string problem(const RequestBody& body) {
  const auto checked = body.check();
  return checked ? "" : checked.error().message;
}

TEST(RequestBody, reads_members_of_each_type) {
  RequestBody body(
      R"({"name":"Ada","id":7,"after":3,"none":null,"legs":true,"settings":{"a":1}})");
  EXPECT_EQ(body.text("name"), "Ada");
  EXPECT_EQ(body.id("id"), 7);
  EXPECT_EQ(body.integer("after", 0, 10), 3);
  EXPECT_EQ(body.optional_integer("after", 0, 10), 3);
  EXPECT_EQ(body.optional_integer("none", 0, 10), std::nullopt);
  EXPECT_TRUE(body.boolean("legs"));
  EXPECT_EQ(body.object("settings"), R"({"a":1})");
  EXPECT_TRUE(body.is_null("none"));
  EXPECT_FALSE(body.is_null("name"));
  EXPECT_FALSE(body.is_null("absent"));
  EXPECT_TRUE(body.check().ok());
}

TEST(RequestBody, reads_a_name_among_several_values) {
  constexpr std::array kOrigins{records::Origin::camera, records::Origin::sound};
  const std::span<const records::Origin> all(kOrigins);
  RequestBody body(R"({"origin":"sound","other":"imported"})");
  EXPECT_EQ(body.choice("origin", all), records::Origin::sound);
  EXPECT_EQ(problem(body), "");
  body.choice("other", all);
  EXPECT_EQ(problem(body), "request: other has an unknown value");
}

TEST(RequestBody, refuses_text_that_is_not_an_object) {
  for (const char* text : {"[]", "3", "null"}) {
    RequestBody body(text);
    EXPECT_EQ(problem(body), "request: must be a JSON object") << text;
    EXPECT_EQ(body.text("name"), "");
    EXPECT_EQ(body.id("id"), 0);
  }
}

TEST(RequestBody, refuses_text_that_is_not_json) {
  for (const char* text : {"", "{", "{\"a\":1} {}"}) {
    RequestBody body(text);
    EXPECT_THAT(problem(body), HasSubstr("request: not valid JSON at line 1")) << text;
    EXPECT_EQ(body.id("a"), 0);
  }
  EXPECT_EQ(problem(RequestBody(R"({"a":1,"a":2})")),
            "request: key \"a\" appears twice in one object");
}

TEST(RequestBody, refuses_deep_nesting_before_it_is_written_out) {
  std::string settings = R"({"settings":{"a":)";
  settings += std::string(100'000, '[') + std::string(100'000, ']') + "}}";
  RequestBody body(settings);
  EXPECT_EQ(body.object("settings"), "");
  EXPECT_EQ(problem(body), "request: /settings: is nested deeper than 64 levels");
}

TEST(RequestBody, refuses_members_of_another_type_and_absent_ones) {
  const auto problem_of = [](auto read) {
    RequestBody body(R"({"text":"x","number":1.5,"far":11,"list":[]})");
    read(body);
    const auto checked = body.check();
    EXPECT_FALSE(checked.ok());
    EXPECT_EQ(checked.error().kind, base::ErrorKind::input);
    return checked.error().message;
  };
  EXPECT_THAT(problem_of([](RequestBody& body) { body.text("number"); }),
              HasSubstr("number must be text"));
  EXPECT_THAT(problem_of([](RequestBody& body) { body.text("absent"); }),
              HasSubstr("absent must be text"));
  EXPECT_THAT(problem_of([](RequestBody& body) { body.id("number"); }),
              HasSubstr("number must be an integer"));
  EXPECT_THAT(problem_of([](RequestBody& body) { body.integer("far", 0, 10); }),
              HasSubstr("far must be from 0 to 10"));
  EXPECT_THAT(problem_of([](RequestBody& body) { body.boolean("text"); }),
              HasSubstr("text must be true or false"));
  EXPECT_THAT(problem_of([](RequestBody& body) { body.object("list"); }),
              HasSubstr("list must be an object"));
}

TEST(RequestBody, reports_the_first_problem) {
  RequestBody body("{}");
  body.text("first");
  body.add_problem("second");
  EXPECT_EQ(problem(body), "request: first must be text");
}

}  // namespace
}  // namespace matside::protocol
