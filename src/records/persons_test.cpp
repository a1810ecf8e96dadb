#include "records/persons.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/records/records_fixture.h"

namespace matside::records {
namespace {

using base::ErrorKind;
using records_test::kMonday;
using records_test::on_day;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

class PersonsTest : public records_test::RecordsTest {};

TEST(NormalizedName, LosesTheSpacesAroundIt) {
  EXPECT_EQ(normalized_name("  Ada Lovelace\t\n").value(), "Ada Lovelace");
  EXPECT_EQ(normalized_name("\xC3\x85sa \xE6\x84\x9B").value(), "\xC3\x85sa \xE6\x84\x9B");
}

TEST(NormalizedName, RefusesEmptyLongAndBrokenNames) {
  const std::string longest(100, 'a');
  EXPECT_EQ(normalized_name(longest).value(), longest);
  for (const std::string& name :
       {std::string(), std::string("  "), longest + "a", std::string("Ada\nBo"),
        std::string("Ada\x7F"), std::string("\xC3")}) {
    const auto refused = normalized_name(name);
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().kind, ErrorKind::usage);
  }
}

TEST(NormalizedName, RefusesCharactersThatNobodySees) {
  for (const std::string name :
       {"Ad\u202ea", "\u2066Ada\u2069", "A\u200bda", "Ada\ufeff", "Ada\u200f", "A\u00adda",
        "Ada\xc2\x9b"
        "31m"}) {
    const auto refused = normalized_name(name);
    ASSERT_FALSE(refused) << name;
    EXPECT_THAT(refused.error().message, HasSubstr("hidden characters"));
  }
  EXPECT_TRUE(normalized_name("مريم"));
}

TEST(Pin, IsSavedAsAHashAndVerified) {
  Person ada;
  ada.pin = hash_pin("1234").value();
  EXPECT_THAT(ada.pin, StartsWith("$argon2id$"));
  EXPECT_NE(ada.pin, hash_pin("1234").value()) << "each hash has a salt of its own";
  EXPECT_TRUE(verify_pin(ada, "1234"));
  EXPECT_FALSE(verify_pin(ada, "1235"));
  EXPECT_FALSE(verify_pin(ada, ""));
  EXPECT_FALSE(verify_pin(ada, std::string(65, '1')));
}

TEST(Pin, MayBeAbsent) {
  EXPECT_EQ(hash_pin("").value(), "");
  EXPECT_TRUE(verify_pin(Person(), "anything"));
}

TEST(Pin, HasFourTo64Bytes) {
  EXPECT_EQ(hash_pin("123").error().kind, ErrorKind::usage);
  EXPECT_EQ(hash_pin(std::string(65, '1')).error().kind, ErrorKind::usage);
  EXPECT_TRUE(hash_pin(std::string(64, '1')));
}

TEST(Token, IsRandomHexadecimal) {
  const std::string token = random_token();
  EXPECT_THAT(token, SizeIs(64));
  EXPECT_EQ(token.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(token, random_token());
}

TEST_F(PersonsTest, AreFoundByName) {
  ASSERT_TRUE(records_->add_person("Bo", kMonday));
  EXPECT_EQ(find_or_create_person(*records_, "Ada", on_day(0.0)).value().id, person_);
  EXPECT_EQ(find_or_create_person(*records_, "Bo", on_day(0.0)).value().name, "Bo");
}

TEST_F(PersonsTest, NeedNoNameWhereThereIsOnlyOne) {
  EXPECT_EQ(find_or_create_person(*records_, "", on_day(0.0)).value().id, person_);
}

TEST_F(PersonsTest, BeginWithMe) {
  ASSERT_TRUE(records_->erase_all());
  const auto me = find_or_create_person(*records_, "", on_day(1.0));
  ASSERT_TRUE(me) << me.error().message;
  EXPECT_EQ(me.value().name, "Me");
  EXPECT_EQ(me.value().since, on_day(1.0).instant);
  EXPECT_THAT(records_->persons().value(), SizeIs(1));
}

TEST_F(PersonsTest, AreListedWhereTheNameIsUnknownOrMissing) {
  const auto unknown = find_or_create_person(*records_, "Cy", on_day(0.0));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, ErrorKind::usage);
  EXPECT_THAT(unknown.error().message, HasSubstr("there is no person called Cy; people: Ada"));
  ASSERT_TRUE(records_->add_person("Bo", kMonday));
  const auto missing = find_or_create_person(*records_, "", on_day(0.0));
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("people: Ada, Bo"));
  ASSERT_TRUE(records_->add_person("Eve\u202e", kMonday)) << "as a restored database may have";
  EXPECT_THAT(find_or_create_person(*records_, "", on_day(0.0)).error().message,
              HasSubstr(R"(people: Ada, Bo, Eve\u202e)"));
}

}  // namespace
}  // namespace matside::records
