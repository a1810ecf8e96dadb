#include "formats/fhir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace matside::formats {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

exercise::Definition kick() {
  exercise::Definition definition;
  definition.name = "Single-leg kick";
  return definition;
}

AnalysisRecord practice() {
  AnalysisRecord record;
  record.source.duration = base::Seconds(90.0);
  record.analysis.level = 1;
  record.analysis.counts = {5, 4, 1, 20, 8};
  record.analysis.set.left.greatest_bend_deg = exercise::Measured{101.27, 3.0, 4.0};
  record.analysis.set.right.greatest_bend_deg = exercise::Measured{96.0, 0.0, 4.0};
  return record;
}

FhirContext context() {
  FhirContext context;
  context.version = "0.1.0";
  context.seed = std::string(64, 'a');
  context.person = std::string(32, '7');
  context.start = "2026-01-05T09:00:00+01:00";
  context.end = "2026-01-05T09:01:30+01:00";
  context.comfort_before = 1;
  context.comfort_after = 2;
  return context;
}

json bundle(const FhirContext& context) {
  return json::parse(fhir_json(practice(), kick(), context));
}

/// The resources with a LOINC code.
std::vector<json> with_code(const json& bundle, const std::string& code) {
  std::vector<json> found;
  for (const json& entry : bundle["entry"]) {
    const json& resource = entry["resource"];
    if (resource.contains("code") && resource["code"].contains("coding") &&
        resource["code"]["coding"][0]["code"] == code) {
      found.push_back(resource);
    }
  }
  return found;
}

TEST(Fhir, HasThePersonTheDeviceAndAnObservationForEachMeasure) {
  const json document = bundle(context());
  EXPECT_EQ(document["resourceType"], "Bundle");
  EXPECT_EQ(document["type"], "transaction");
  EXPECT_EQ(document["timestamp"], "2026-01-05T09:01:30+01:00");
  ASSERT_THAT(document["entry"], SizeIs(9));
  EXPECT_EQ(document["entry"][0]["resource"]["resourceType"], "Patient");
  EXPECT_FALSE(document["entry"][0]["resource"].contains("name"));
  EXPECT_EQ(document["entry"][1]["resource"]["resourceType"], "Device");
  EXPECT_EQ(document["entry"][1]["resource"]["version"][0]["value"], "0.1.0");
  const json duration = with_code(document, "55411-3").at(0);
  EXPECT_EQ(duration["valueQuantity"]["value"], 1.5);
  EXPECT_EQ(duration["effectivePeriod"]["start"], "2026-01-05T09:00:00+01:00");
  EXPECT_EQ(duration["subject"]["reference"], document["entry"][0]["fullUrl"]);
  EXPECT_EQ(duration["device"]["reference"], document["entry"][1]["fullUrl"]);
  const json activity = with_code(document, "73985-4").at(0);
  EXPECT_THAT(activity["valueCodeableConcept"]["text"].get<std::string>(),
              HasSubstr("Single-leg kick, level 1"));
}

TEST(Fhir, CountsRepetitionsWithTheirComponents) {
  const json counted = bundle(context())["entry"][4]["resource"];
  EXPECT_EQ(counted["valueInteger"], 10);
  ASSERT_THAT(counted["component"], SizeIs(5));
  EXPECT_EQ(counted["component"][0]["valueInteger"], 5);
}

TEST(Fhir, CodesTheAngleOfEachKnee) {
  const json left = with_code(bundle(context()), "41343-5").at(0);
  EXPECT_EQ(left["valueQuantity"]["value"], 101.3);
  EXPECT_EQ(left["valueQuantity"]["code"], "deg");
  EXPECT_EQ(left["bodySite"]["coding"][0]["code"], "82169009");
  EXPECT_EQ(left["component"][0]["valueQuantity"]["value"], 5.0);
  EXPECT_EQ(left["effectivePeriod"]["start"], "2026-01-05T09:00:00+01:00");
  const json right = with_code(bundle(context()), "41347-6").at(0);
  EXPECT_EQ(right["valueQuantity"]["value"], 96.0);
  EXPECT_EQ(right["bodySite"]["coding"][0]["code"], "6757004");
  AnalysisRecord one_leg = practice();
  one_leg.analysis.set.right = {};
  const json document = json::parse(fhir_json(one_leg, kick(), context()));
  EXPECT_THAT(with_code(document, "41343-5"), SizeIs(1));
  EXPECT_THAT(with_code(document, "41347-6"), SizeIs(0));
}

TEST(Fhir, CreatesEachResourceOnceOnAServer) {
  const json document = bundle(context());
  for (const json& entry : document["entry"]) {
    const json& resource = entry["resource"];
    EXPECT_EQ(entry["request"]["method"], "POST");
    EXPECT_EQ(entry["request"]["url"], resource["resourceType"]);
    EXPECT_EQ(resource["identifier"][0]["value"], entry["fullUrl"]);
    EXPECT_EQ(entry["request"]["ifNoneExist"],
              "identifier=urn:ietf:rfc:3986|" + entry["fullUrl"].get<std::string>());
  }
}

TEST(Fhir, KnowsAPersonByTheirOwnIdentifier) {
  FhirContext later = context();
  later.seed = std::string(64, 'd');
  EXPECT_EQ(bundle(later)["entry"][0]["fullUrl"], bundle(context())["entry"][0]["fullUrl"]);
  EXPECT_EQ(bundle(later)["entry"][0]["fullUrl"],
            "urn:uuid:77777777-7777-5777-8777-777777777777");
  later.person.clear();
  EXPECT_NE(bundle(later)["entry"][0]["fullUrl"], bundle(context())["entry"][0]["fullUrl"]);
}

TEST(Fhir, HasComfortBeforeAndAfter) {
  const auto comfort = with_code(bundle(context()), "72514-3");
  ASSERT_THAT(comfort, SizeIs(2));
  EXPECT_EQ(comfort[0]["valueQuantity"]["value"], 1);
  EXPECT_EQ(comfort[0]["effectiveDateTime"], "2026-01-05T09:00:00+01:00");
  EXPECT_EQ(comfort[1]["valueQuantity"]["value"], 2);
}

TEST(Fhir, MarksSelfReportedCountsAndHasNoDurationThen) {
  FhirContext reported = context();
  reported.self_reported = true;
  const json document = bundle(reported);
  EXPECT_THAT(with_code(document, "55411-3"), SizeIs(0));
  EXPECT_THAT(with_code(document, "41343-5"), SizeIs(0));
  EXPECT_THAT(document.dump(), HasSubstr("Repetitions, self-reported"));
}

TEST(Fhir, LeavesOutWhatIsUnknown) {
  FhirContext bare;
  bare.seed = std::string(64, 'b');
  const json document = bundle(bare);
  EXPECT_FALSE(document.contains("timestamp"));
  EXPECT_THAT(document["entry"], SizeIs(7));
  EXPECT_FALSE(document["entry"][2]["resource"].contains("effectivePeriod"));
}

TEST(Fhir, GivesEachResourceAUuidThatDependsOnThePractice) {
  std::set<std::string> urls;
  const json document = bundle(context());
  for (const json& entry : document["entry"]) urls.insert(entry["fullUrl"]);
  EXPECT_THAT(urls, SizeIs(9));
  EXPECT_THAT(*urls.begin(), MatchesRegex("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-"
                                          "8[0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_EQ(fhir_json(practice(), kick(), context()), fhir_json(practice(), kick(), context()));
  FhirContext other = context();
  other.seed = std::string(64, 'c');
  EXPECT_FALSE(urls.contains(bundle(other)["entry"][2]["fullUrl"].get<std::string>()));
  EXPECT_TRUE(urls.contains(bundle(other)["entry"][1]["fullUrl"].get<std::string>()))
      << "the same program measured it";
}

TEST(Fhir, CountsRepetitionsOfNoLegAloneWithoutSidesAndKicks) {
  AnalysisRecord record = practice();
  record.analysis.counts = {0, 0, 0, 6, 5, 6};
  record.analysis.set = {};
  exercise::Definition swan = kick();
  swan.name = "Swan preparation";
  swan.cycle.emplace().sides = exercise::CycleSides::none;
  const std::string text = fhir_json(record, swan, context());
  EXPECT_THAT(text, HasSubstr("\"valueInteger\": 6"));
  EXPECT_THAT(text, HasSubstr("Repetitions without corrections"));
  for (const char* absent : {"\"Left\"", "\"Right\"", "\"Kicks\"", "knee"}) {
    EXPECT_EQ(text.find(absent), std::string::npos) << absent;
  }
  swan.cycle->sides = exercise::CycleSides::both;
  EXPECT_THAT(fhir_json(record, swan, context()), HasSubstr("Both legs together"));
}

}  // namespace
}  // namespace matside::formats
