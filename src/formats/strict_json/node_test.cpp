#include "formats/strict_json/node.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>

namespace matside::strict_json {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// The first error when `read` reads `text`; empty if there is none.
std::string error_of(const std::string& text, const std::function<void(const Node&)>& read) {
  FirstError error("f.json");
  const nlohmann::json value = parse_strictly(text, error);
  if (!error.first()) read(Node(value, error));
  return error.first().value_or("");
}

TEST(StrictJson, RefusesTextThatIsNotJson) {
  const auto nothing = [](const Node&) {};
  EXPECT_EQ(error_of("{", nothing), "f.json: not valid JSON at line 1, column 1");
  EXPECT_THAT(error_of("{\"a\":1,\n}", nothing), HasSubstr("not valid JSON at line 2"));
  EXPECT_NE(error_of("", nothing), "");
  EXPECT_NE(error_of("{} more", nothing), "");
  EXPECT_EQ(error_of(" {} ", nothing), "");
}

TEST(StrictJson, RefusesADuplicateKey) {
  EXPECT_THAT(error_of(R"({"a":1,"a":2})", [](const Node&) {}), HasSubstr("\"a\""));
  EXPECT_EQ(error_of(R"([{"a":1},{"a":2}])", [](const Node&) {}), "");
}

std::string nested(int levels) {
  return std::string(static_cast<std::size_t>(levels), '[') +
         std::string(static_cast<std::size_t>(levels), ']');
}

TEST(StrictJson, RefusesDeepNestingWithItsPlace) {
  const auto nothing = [](const Node&) {};
  const std::string deep = nested(100'000);
  EXPECT_EQ(error_of(deep, nothing), "f.json: is nested deeper than 64 levels");
  EXPECT_EQ(error_of(R"({"b":1,"a":)" + deep + "}", nothing),
            "f.json: /a: is nested deeper than 64 levels");
  EXPECT_EQ(error_of(R"({"a\n":)" + deep + "}", nothing),
            "f.json: is nested deeper than 64 levels");
  EXPECT_EQ(error_of(nested(kMaxDepth), nothing), "");
  EXPECT_NE(error_of(nested(kMaxDepth + 1), nothing), "");
  std::string objects = "1";
  for (int i = 0; i < kMaxDepth; ++i) objects = R"({"x":)" + objects + "}";
  EXPECT_EQ(error_of("[" + objects + "]", nothing), "f.json: is nested deeper than 64 levels");
  EXPECT_EQ(error_of(objects, nothing), "");
}

std::string limited(const std::string& text, const Limits& limits) {
  FirstError error("f.json");
  const nlohmann::json value = parse_strictly(text, error, limits);
  EXPECT_EQ(is_strict_json(text, limits), !error.first());
  EXPECT_TRUE(!error.first() || value.is_null());
  return error.first().value_or("");
}

TEST(StrictJson, RefusesMoreValuesThanAllowedBeforeBuildingThem) {
  const Limits five{.bytes = 1000, .values = 5};
  EXPECT_EQ(limited("[0,0,0,0]", five), "");
  EXPECT_EQ(limited("[0,0,0,0,0]", five), "f.json: has more than 5 values");
  EXPECT_EQ(limited(R"({"a":[0,0]})", five), "");
  EXPECT_EQ(limited(R"({"a":[0,0,0]})", five), "f.json: /a: has more than 5 values");
  EXPECT_EQ(limited(R"([{},{},[],"",null])", five), "f.json: has more than 5 values");
  EXPECT_EQ(limited(R"({"a":1,"b":2,"c":3})", five), "f.json: /c: has more than 5 values");
  EXPECT_EQ(limited("[true,false,1.5,-1]", five), "");
}

TEST(StrictJson, RefusesMillionsOfTinyValues) {
  std::string zeros = R"({"practices":[0)";
  for (int i = 0; i < 10'000'000; ++i) zeros += ",0";
  EXPECT_EQ(limited(zeros + "]}", {}), "f.json: /practices: has more than 4000000 values");
}

TEST(StrictJson, RefusesALongerTextThanAllowed) {
  const Limits ten{.bytes = 10, .values = 100};
  EXPECT_EQ(limited("[1,2,3,45]", ten), "");
  EXPECT_EQ(limited("[1,2,3,456]", ten), "f.json: is larger than 10 bytes");
  EXPECT_EQ(limited(std::string(11, ' '), ten), "f.json: is larger than 10 bytes");
}

TEST(StrictJson, CountsOnlyWhatIsOpen) {
  std::string siblings = "[[],{}";
  for (int i = 0; i < kMaxDepth; ++i) siblings += ",[],{}";
  EXPECT_EQ(error_of(siblings + "]", [](const Node&) {}), "");
}

TEST(StrictJson, ChecksWithoutParsing) {
  EXPECT_TRUE(is_strict_json(R"({"a":1})"));
  EXPECT_FALSE(is_strict_json("{"));
  EXPECT_FALSE(is_strict_json(R"({"a":1,"a":1})"));
  EXPECT_FALSE(is_strict_json(nested(kMaxDepth + 1)));
}

TEST(Node, ReadsNestedValues) {
  const std::string text = R"({"a":{"b":[1,2.5]},"name":"x","on":true,"none":null})";
  EXPECT_EQ(error_of(text,
                     [](const Node& root) {
                       EXPECT_THAT(root["a"]["b"].numbers(), ElementsAre(1.0, 2.5));
                       EXPECT_EQ(root["name"].text(), "x");
                       EXPECT_TRUE(root["on"].boolean());
                       EXPECT_TRUE(root["none"].is_null());
                       EXPECT_FALSE(root.optional("missing"));
                       EXPECT_FALSE(root["name"].optional("missing"));
                       EXPECT_EQ(root["a"]["b"].elements().size(), 2U);
                       EXPECT_THAT(root["a"].keys(), ElementsAre("b"));
                     }),
            "");
}

TEST(Node, ReportsThePathOfTheFirstError) {
  const std::string text = R"({"a":[{"b":"text"}],"c":1})";
  EXPECT_EQ(error_of(text,
                     [](const Node& root) {
                       EXPECT_EQ(root["a"].elements()[0]["b"].number(), 0.0);
                       EXPECT_EQ(root["c"].text(), "");
                     }),
            "f.json: /a/0/b: must be a number");
}

TEST(Node, ReportsAMissingKey) {
  EXPECT_EQ(error_of("{}", [](const Node& root) { (void)root["a"]["b"].number(); }),
            "f.json: key \"a\" is missing");
}

TEST(Node, ReportsKeysThatAreNotAllowed) {
  static constexpr std::array<std::string_view, 2> kKeys{"a", "b"};
  EXPECT_EQ(error_of(R"({"a":1})", [](const Node& root) { root.allow_only(kKeys); }), "");
  EXPECT_THAT(error_of(R"({"a":1,"z":1})", [](const Node& root) { root.allow_only(kKeys); }),
              HasSubstr("/z: unknown key; the keys here are a, b"));
  EXPECT_THAT(error_of(R"({"\n\u001b":1})", [](const Node& root) { root.allow_only(kKeys); }),
              HasSubstr(R"(/\u000a\u001b: unknown key)"));
}

TEST(Node, ReportsNumbersOutOfRange) {
  const auto whole = [](const Node& root) { (void)root.whole_number(0, 3); };
  EXPECT_EQ(error_of("3", whole), "");
  for (const char* text : {"4", "-1", "1.5", "1e9"}) {
    EXPECT_THAT(error_of(text, whole), HasSubstr("must be a whole number from 0 to 3")) << text;
  }
  for (const char* text : {"\"1\"", "null"}) {
    EXPECT_THAT(error_of(text, whole), HasSubstr("must be a number")) << text;
  }
  const auto within = [](const Node& root) { (void)root.number_within(0.0, 1.0); };
  EXPECT_EQ(error_of("0.5", within), "");
  EXPECT_NE(error_of("1.5", within), "");
  EXPECT_NE(error_of("true", within), "");
}

TEST(Node, ReportsTextThatIsNotOneOfTheWords) {
  static constexpr std::array<std::string_view, 2> kWords{"left", "right"};
  const auto side = [](const Node& root) { EXPECT_FALSE(root.one_of(kWords).empty()); };
  EXPECT_EQ(error_of("\"right\"", side), "");
  EXPECT_THAT(error_of("\"up\"", side), HasSubstr("is not one of left, right"));
}

TEST(Node, ReportsTextOfSeveralLines) {
  EXPECT_THAT(error_of(R"("a\nb")", [](const Node& root) { (void)root.text(); }),
              HasSubstr("must be one line of text"));
}

TEST(Node, ReportsAnEmptyListOnlyWhereOneIsNeeded) {
  EXPECT_NE(error_of("[]", [](const Node& root) { (void)root.elements(); }), "");
  EXPECT_EQ(error_of("[]", [](const Node& root) { (void)root.elements_or_empty(); }), "");
  EXPECT_NE(error_of("{}", [](const Node& root) { (void)root.elements_or_empty(); }), "");
}

TEST(Quote, FitsOnOneLine) {
  EXPECT_EQ(quote("a \"b\"\n"), R"("a \"b\"\n")");
  static constexpr std::array<std::string_view, 2> kWords{"a", "b"};
  EXPECT_EQ(comma_separated(kWords), "a, b");
}

}  // namespace
}  // namespace matside::strict_json
