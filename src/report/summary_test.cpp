#include "report/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "formats/catalog/catalog.h"
#include "tests/support/exercise.h"

namespace matside::report {
namespace {

using exercise::KickingSide;
using exercise::Repetition;
using exercise::RepetitionStatus;
using ::testing::HasSubstr;
using ::testing::Not;

class SummaryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded =
        catalog::load_exercise(MATSIDE_SOURCE_DIR "/data/exercises/single_leg_kick.json",
                               MATSIDE_SOURCE_DIR "/data/exercises/cues.en.json");
    ASSERT_TRUE(loaded) << loaded.error().message;
    exercise_ = std::move(loaded).value();
    record_.source.duration = base::Seconds(42.0);
  }

  /// Adds a repetition that was measured completely, with these faults.
  void add(KickingSide side, const std::vector<std::string>& faults = {}) {
    engine::Analysis& analysis = record_.analysis;
    Repetition repetition;
    repetition.index = static_cast<int>(analysis.repetitions.size()) + 1;
    repetition.side = side;
    repetition.kicks.resize(2);
    repetition.measures.greatest_bend_deg = {100.0, 1.0, 4.0};
    repetition.measures.lowering_s = {2.5, 0.1, 0.0};
    repetition.measures.transit_70_20_s = {0.8, 0.1, 0.0};
    repetition.hip_rise_thigh_lengths = 0.01;
    repetition.thigh_lift = exercise::ThighLift{base::Degrees(1.0), base::Degrees(1.5), {}};
    for (const std::string& id : faults) repetition.faults.push_back({id, 0, 0, "", ""});
    repetition.status = faults.empty() ? RepetitionStatus::clean : RepetitionStatus::faulty;
    analysis.counts.left += side == KickingSide::left ? 1 : 0;
    analysis.counts.right += side == KickingSide::right ? 1 : 0;
    analysis.counts.unsure += side == KickingSide::unsure ? 1 : 0;
    analysis.counts.kicks += 2;
    analysis.counts.clean += faults.empty() ? 1 : 0;
    analysis.repetitions.push_back(repetition);
  }

  [[nodiscard]] std::string text() const { return summary_text(record_, exercise_, "x.mp4"); }

  exercise::Definition exercise_;
  formats::AnalysisRecord record_;
};

TEST_F(SummaryTest, PraisesFirstAndThenSaysWhatToWorkOn) {
  add(KickingSide::left);
  add(KickingSide::right, {"hips_lift"});
  add(KickingSide::left);
  EXPECT_EQ(text(),
            "x.mp4: Single-leg kick, level 1: On the forearms\n"
            "\n"
            "  Repetitions  2 left, 1 right\n"
            "  Kicks        6\n"
            "  Clean        2 of 3\n"
            "\n"
            "What went well\n"
            "  Most of your repetitions were clean.\n"
            "  Your thighs stayed on the mat.\n"
            "  You lowered your feet with control.\n"
            "\n"
            "To work on\n"
            "  Hips lifting (in 1 of 3): Make the kick a little smaller and let both hips stay "
            "heavy on the mat as the knee bends.\n"
            "\n"
            "Please note\n"
            "  Angles and times are estimated from one camera.\n");
}

TEST_F(SummaryTest, NamesAtMostThreeThingsToWorkOnTheMostImportantFirst) {
  const std::vector<std::string> many{"missing_second_kick", "head_drop", "dropped_foot",
                                      "hips_lift"};
  add(KickingSide::left, many);
  add(KickingSide::right, many);
  const std::string said = text();
  EXPECT_LT(said.find("Hips lifting (in 2 of 2)"), said.find("Foot dropping (in 2 of 2)"));
  EXPECT_THAT(said, HasSubstr("Head dropping"));
  EXPECT_THAT(said, Not(HasSubstr("Second kick missing")));
}

TEST_F(SummaryTest, DoesNotPraiseWhatCouldNotBeSeen) {
  add(KickingSide::left);
  add(KickingSide::right);
  EXPECT_THAT(text(), HasSubstr("Your hips stayed heavy"));
  record_.analysis.repetitions.front().hip_rise_thigh_lengths.reset();
  EXPECT_THAT(text(), Not(HasSubstr("Your hips stayed heavy")));
}

TEST_F(SummaryTest, NeitherPraisesNorCorrectsWhatWasCountedAndNotJudged) {
  for (int i = 0; i < 4; ++i) add(KickingSide::left);
  for (Repetition& repetition : record_.analysis.repetitions) {
    repetition.scored = false;
    repetition.status = RepetitionStatus::unjudged;
  }
  record_.analysis.counts.clean = 0;
  EXPECT_THAT(text(), Not(HasSubstr("Your hips stayed heavy")));
  EXPECT_THAT(text(), Not(HasSubstr("Nothing stood out")));
}

TEST_F(SummaryTest, DoesNotPraiseAHabitSeenOnlyOnce) {
  add(KickingSide::left);
  EXPECT_THAT(text(), HasSubstr("Every repetition was clean."));
  EXPECT_THAT(text(), Not(HasSubstr("Your hips stayed heavy")));
}

TEST_F(SummaryTest, SaysWhenTheSideCouldNotBeTold) {
  add(KickingSide::unsure);
  EXPECT_THAT(text(), HasSubstr("0 left, 0 right, 1 where the side was not visible"));
}

TEST_F(SummaryTest, SaysWhenTheSameSideCameTwice) {
  add(KickingSide::left);
  add(KickingSide::left);
  record_.analysis.set_faults = {{"same_side_twice", base::Seconds(65.0)}};
  EXPECT_THAT(text(), HasSubstr("Same side twice (once, at 1:05): Change legs each time"));
  record_.analysis.set_faults.push_back({"same_side_twice", base::Seconds(80.0)});
  EXPECT_THAT(text(), HasSubstr("Same side twice (2 times, at 1:05, 1:20)"));
}

TEST_F(SummaryTest, NeverCallsASetWithAFaultCleanOrSteady) {
  for (int i = 0; i < 3; ++i) {
    add(KickingSide::left);
    add(KickingSide::right);
  }
  record_.analysis.set.mean.lowering_s = {2.66, 0.1, 0.1};
  record_.analysis.set.mean.lowering_smoothness = {-2.0, 0.1, 0.45};
  record_.analysis.set_faults = {{"fast_lowering", base::Seconds(32.0)}};
  const std::string said = text();
  EXPECT_THAT(said, HasSubstr("Clean        6 of 6, taken one by one\n"));
  EXPECT_THAT(said, HasSubstr("Lowering     2.7 s\n"));
  EXPECT_THAT(said, HasSubstr("  One by one, your repetitions were clean. The set as a whole"));
  EXPECT_THAT(said, Not(HasSubstr("Every repetition was clean")));
  EXPECT_THAT(said, Not(HasSubstr("steady")));
  EXPECT_THAT(said, Not(HasSubstr("You lowered your feet with control")));
  EXPECT_THAT(said, HasSubstr("Lowering too fast halfway (once, at 0:32)"));
}

TEST_F(SummaryTest, SaysWhatWasMeasuredInFewWords) {
  add(KickingSide::left);
  exercise::SetMeasures& set = record_.analysis.set;
  set.greatest_bend_median_deg = {97.6, 2.0, 4.5};
  set.mean.lowering_s = {2.66, 0.1, 0.1};
  set.mean.lowering_smoothness = {-2.0, 0.1, 0.45};
  set.rhythm_variation = {0.118, 0.02, 0.0};
  set.mean.hips_still_share = {0.957, 0.02, 0.0};
  EXPECT_THAT(text(), HasSubstr("  Knee bend    98 degrees, give or take 5\n"
                                "  Lowering     2.7 s, steady\n"
                                "  Rhythm       varies by 12%\n"
                                "  Hips still   96% of the time\n"));
}

TEST_F(SummaryTest, CallsALoweringSteadyOrUnevenOnlyWhenItIsSure) {
  add(KickingSide::left);
  exercise::Measures& mean = record_.analysis.set.mean;
  mean.lowering_s = {2.66, 0.1, 0.1};
  EXPECT_THAT(text(), HasSubstr("Lowering     2.7 s\n"));
  mean.lowering_smoothness = {-4.1, 0.2, 0.45};
  EXPECT_THAT(text(), HasSubstr("2.7 s, uneven\n"));
  mean.lowering_smoothness = {-2.8, 0.2, 0.45};
  EXPECT_THAT(text(), HasSubstr("Lowering     2.7 s\n"));
}

TEST_F(SummaryTest, TellsTheSidesApartOnlyAboveTheNoise) {
  add(KickingSide::left);
  auto& symmetry = record_.analysis.set.bend_symmetry;
  symmetry.emplace();
  symmetry->left_less_right = {-21.0, 7.0, true};
  EXPECT_THAT(text(), HasSubstr("Your right knee bent about 21 degrees more than your left."));
  symmetry->left_less_right = {19.0, 7.0, true};
  EXPECT_THAT(text(), HasSubstr("Your left knee bent about 19 degrees more than your right."));
  symmetry->left_less_right = {14.0, 5.0, true};
  EXPECT_THAT(text(), Not(HasSubstr("degrees more")));
  symmetry->left_less_right = {19.0, 12.0, false};
  EXPECT_THAT(text(), Not(HasSubstr("degrees more")));
}

TEST_F(SummaryTest, SaysOnlyWhyWhenNothingWasCounted) {
  record_.analysis.warnings = {{"no_person", "Nobody was found in the picture."}};
  EXPECT_EQ(text(),
            "x.mp4: Single-leg kick, level 1: On the forearms\n"
            "\n"
            "  No repetitions were counted.\n"
            "\n"
            "Please note\n"
            "  Nobody was found in the picture.\n");
}

TEST_F(SummaryTest, SaysWhenItWasStoppedEarly) {
  record_.complete = false;
  EXPECT_THAT(text(), HasSubstr("Stopped early: this covers only 0:42 of the recording."));
}

TEST_F(SummaryTest, LeavesNoPlaceholderUnfilled) {
  add(KickingSide::left, {"hips_lift"});
  add(KickingSide::unsure, {"hips_lift"});
  record_.complete = false;
  record_.analysis.set_faults = {{"same_side_twice", base::Seconds(1.0)}};
  EXPECT_EQ(std::ranges::count(text(), '{'), 0);
}

TEST_F(SummaryTest, OfACycleHasPeaksAndReadingsInPlaceOfKicks) {
  exercise_ = support::sister_move("double-leg-kick");
  Repetition repetition;
  repetition.side = KickingSide::both;
  for (const pose::Side leg : pose::kSides) {
    for (int i = 0; i < 3; ++i) {
      repetition.peaks.push_back({base::Seconds(1.0 + i), 90.0, "deg", leg});
    }
  }
  const std::string id = exercise_.cycle->measures[0].id;
  engine::Analysis& analysis = record_.analysis;
  analysis.level = 0;
  analysis.repetitions = {repetition, repetition};
  analysis.repetitions[0].readings = {{id, 80.0, "deg"}};
  analysis.repetitions[1].readings = {{id, 90.0, "deg"}};
  analysis.counts = {0, 0, 0, 12, 1, 2};
  EXPECT_THAT(text(), HasSubstr("  2 of both legs\n"));
  EXPECT_THAT(text(), HasSubstr("  6; 3 asked for in each repetition\n"));
  EXPECT_THAT(text(), HasSubstr("  1 of 2\n"));
  EXPECT_THAT(text(), HasSubstr("  85 degrees on average\n"));
  EXPECT_THAT(text(), Not(HasSubstr("Kicks")));
  EXPECT_THAT(text(), Not(HasSubstr("0 left")));
}

TEST(ValueText, IsAsPeopleReadIt) {
  EXPECT_EQ(value_text(24.6, "deg"), "25 degrees");
  EXPECT_EQ(value_text(0.9, "deg"), "1 degree");
  EXPECT_EQ(value_text(-0.4, "deg"), "0 degrees");
  EXPECT_EQ(value_text(2.34, "s"), "2.3 s");
  EXPECT_EQ(value_text(-0.002, "thigh_length"), "0.00 thigh lengths");
  EXPECT_EQ(value_text(2.0, "count"), "2.0");
}

}  // namespace
}  // namespace matside::report
