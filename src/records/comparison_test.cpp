#include "records/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/engine/session.h"
#include "formats/analysis_json.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside::records {
namespace {

using exercise::Measured;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The result file of a simulated practice.
std::string result_of(const support::Practice& practice) {
  auto session = engine::Session::create(support::single_leg_kick(), practice.level);
  for (const auto& frame : support::perform(practice).frames) session.value().push(frame);
  session.value().finish();
  formats::AnalysisRecord record;
  record.source.path = "practice.mp4";
  record.exercise_id = "single-leg-kick";
  record.analysis = session.value().analysis();
  return formats::analysis_json(record);
}

ResultDocument read(const std::string& text) {
  auto result = read_result(text, "r.json", support::single_leg_kick());
  EXPECT_TRUE(result.ok()) << result.error().message;
  return std::move(result).value();
}

support::Practice practice(double lower_s, double hip_rise_m, std::uint64_t seed) {
  support::Practice practice;
  practice.noise_px = 1.0;
  practice.seed = seed;
  support::RepetitionPlan plan;
  plan.lower_s = lower_s;
  plan.hip_rise_m = hip_rise_m;
  practice.steps = support::alternating(10, plan);
  return practice;
}

const MeasureComparison* find(const Comparison& comparison, const std::string& id) {
  const auto found = std::ranges::find(comparison.values, id, &MeasureComparison::id);
  return found == comparison.values.end() ? nullptr : &*found;
}

TEST(Comparison, FindsNoDifferenceBetweenSimilarPractices) {
  const ResultDocument a = read(result_of(practice(2.2, 0.0, 1)));
  const ResultDocument b = read(result_of(practice(2.2, 0.0, 2)));
  const Comparison comparison = compare(a, b, support::single_leg_kick());
  ASSERT_GT(comparison.values.size(), 6U);
  for (const MeasureComparison& value : comparison.values) {
    ASSERT_TRUE(value.difference) << value.id;
    EXPECT_FALSE(value.difference->distinguishable) << value.id;
  }
  EXPECT_THAT(changed_repetitions(a, b), IsEmpty());
}

TEST(Comparison, FindsSlowerLoweringAndLiftingHips) {
  const ResultDocument a = read(result_of(practice(2.2, 0.0, 1)));
  const ResultDocument b = read(result_of(practice(3.2, 0.08, 2)));
  const Comparison comparison = compare(a, b, support::single_leg_kick());
  const MeasureComparison* lowering = find(comparison, "lowering_s");
  ASSERT_NE(lowering, nullptr);
  EXPECT_TRUE(lowering->difference->distinguishable);
  EXPECT_GT(lowering->difference->value, 0.4);
  const MeasureComparison* hips = find(comparison, "fault_hips_lift");
  ASSERT_NE(hips, nullptr);
  EXPECT_TRUE(hips->difference->distinguishable);
  EXPECT_NEAR(hips->difference->value, 100.0, 1e-9);
  const MeasureComparison* clean = find(comparison, "clean_share");
  ASSERT_NE(clean, nullptr);
  EXPECT_TRUE(clean->difference->distinguishable);
  EXPECT_THAT(changed_repetitions(a, b).size(), 10U);
}

TEST(Comparison, DoesNotTakeOneRepetitionInTenForADifference) {
  ResultDocument a = read(result_of(practice(2.2, 0.0, 1)));
  ResultDocument b = a;
  b.repetitions[3].faults = {"hips_lift"};
  b.clean -= 1;
  const Comparison comparison = compare(a, b, support::single_leg_kick());
  const MeasureComparison* hips = find(comparison, "fault_hips_lift");
  ASSERT_NE(hips, nullptr);
  EXPECT_FALSE(hips->difference->distinguishable);
  const MeasureComparison* clean = find(comparison, "clean_share");
  ASSERT_NE(clean, nullptr);
  EXPECT_FALSE(clean->difference->distinguishable);
  EXPECT_THAT(changed_repetitions(a, b), ElementsAre(4));
}

TEST(Comparison, HasNoDifferenceWhereOneWasNotMeasured) {
  ResultDocument a = read(result_of(practice(2.2, 0.0, 1)));
  ResultDocument none;
  none.source = "nothing";
  const Comparison comparison = compare(a, none, support::single_leg_kick());
  ASSERT_FALSE(comparison.values.empty());
  for (const MeasureComparison& value : comparison.values)
    EXPECT_FALSE(value.difference) << value.id;
  const auto json = nlohmann::json::parse(comparison_json(comparison, "a", "b"));
  EXPECT_EQ(json["schema"], "matside.comparison/1");
  EXPECT_TRUE(json["values"][0]["after"].is_null());
}

TEST(Comparison, ListsRepetitionsThatOnlyOneScoringHas) {
  ResultDocument a;
  a.repetitions = {{"left", 2, "clean", {}}, {"right", 2, "clean", {}}};
  ResultDocument b = a;
  b.repetitions.pop_back();
  EXPECT_THAT(changed_repetitions(a, b), ElementsAre(2));
  EXPECT_THAT(changed_repetitions(a, a), IsEmpty());
}

TEST(Comparison, WritesDifferencesWithTheirDeviation) {
  Comparison comparison;
  MeasureComparison lowering{"lowering_s", "Lowering", "s", 2, {}, {}, {}};
  lowering.before = Measured{2.0, 0.1, 0.0};
  lowering.after = Measured{3.0, 0.1, 0.0};
  lowering.difference = exercise::Difference{1.0, 0.1414, true};
  comparison.values = {lowering};
  comparison.changed_repetitions = {4};
  const auto json = nlohmann::json::parse(comparison_json(comparison, "a", "b"));
  EXPECT_EQ(json["before"], "a");
  EXPECT_EQ(json["told_differently"][0], 4);
  EXPECT_EQ(json["values"][0]["difference"]["value"], 1.0);
  EXPECT_EQ(json["values"][0]["difference"]["sd"], 0.141);
  EXPECT_EQ(json["values"][0]["difference"]["distinguishable"], true);
}

}  // namespace
}  // namespace matside::records
