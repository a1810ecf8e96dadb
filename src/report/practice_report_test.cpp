#include "report/practice_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>

#include "records/import_export.h"
#include "records/practice_draft.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::report {
namespace {

using nlohmann::json;
using records_test::kEngine;
using records_test::on_day;
using support::single_leg_kick;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const Stamp kStamp{"2026-01-06T09:00:00+01:00", "matside test", "a build"};

class PracticeReportTest : public records_test::RecordsTest {
 protected:
  records::Id practise() {
    records::PracticeDraft::Plan plan;
    plan.person = person_;
    plan.level = 1;
    plan.origin = records::Origin::recording;
    return records::import_poses(*records_, plan, records_test::simulated_poses(1, 1),
                                 on_day(0.0), kEngine, single_leg_kick())
        .value()
        .practice;
  }
  Report report(records::Id practice) {
    auto made = saved_practice_report(*records_, practice, single_leg_kick(), kStamp);
    EXPECT_TRUE(made) << made.error().message;
    return std::move(made).value();
  }
};

TEST_F(PracticeReportTest, HasWhatThePersonTold) {
  const records::Id id = practise();
  ASSERT_TRUE(records_->set_comfort(id, {2, 3, true, plan::NextDay::worse}));
  ASSERT_TRUE(records::correct_side(*records_, id, 1, exercise::KickingSide::right));
  const Report made = report(id);
  EXPECT_EQ(made.name, "Practice " + std::to_string(id));
  EXPECT_EQ(made.made, kStamp.made);
  EXPECT_EQ(made.program, kStamp.program);
  EXPECT_EQ(made.build, kStamp.build);
  ASSERT_TRUE(made.recorded.has_value());
  EXPECT_EQ(made.recorded->person, "Ada");
  EXPECT_EQ(made.recorded->origin, "recording");
  EXPECT_EQ(made.recorded->comfort_after, 3);
  EXPECT_TRUE(made.recorded->leg_symptoms);
  EXPECT_EQ(made.recorded->next_day, "worse");
  EXPECT_THAT(made.recorded->corrected_sides, SizeIs(1));
  EXPECT_TRUE(made.recorded->corrected.has_value());
}

TEST_F(PracticeReportTest, IsDrawnFromThePosesWithoutAnyPicture) {
  const Report made = report(practise());
  EXPECT_TRUE(made.curve.has_value());
  EXPECT_TRUE(made.camera.has_value());
  EXPECT_FALSE(made.shown.empty());
  EXPECT_EQ(made.pictures, PictureMode::none);
  for (const SnapshotPicture& each : made.shown) EXPECT_EQ(each.jpeg, "");
  const json document = json::parse(report_json(made, single_leg_kick(), {}));
  EXPECT_FALSE(document["repetitions"].empty());
  EXPECT_FALSE(document["summary"]["rows"].empty());
}

TEST_F(PracticeReportTest, OfAPracticeWithoutACameraHasTheReportedCounts) {
  records::PracticeDraft::Plan plan;
  plan.person = person_;
  const auto id =
      records::save_self_reported(*records_, plan, on_day(0.0), kEngine, single_leg_kick(),
                                  {4, 3}, records::EndReason::person);
  const Report made = report(id.value());
  ASSERT_THAT(made.summary.rows, SizeIs(1));
  EXPECT_THAT(made.summary.rows[0].value, HasSubstr("3"));
  EXPECT_THAT(made.summary.notes, Contains(HasSubstr("self-reported")));
  EXPECT_FALSE(made.curve.has_value());
}

TEST_F(PracticeReportTest, OfAnUnknownPracticeIsNotFound) {
  EXPECT_EQ(saved_practice_report(*records_, 99, single_leg_kick(), kStamp).error().kind,
            base::ErrorKind::not_found);
}

}  // namespace
}  // namespace matside::report
