#include "formats/tidy_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace matside::formats {
namespace {

using base::Degrees;
using base::Seconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

pose::PoseFrame frame(std::int64_t index, double time_s) {
  pose::PoseFrame frame;
  frame.frame_index = index;
  frame.time = Seconds(time_s);
  frame.image_size = {640, 360};
  return frame;
}

TEST(KeypointsCsv, HasARowForEachLandmark) {
  pose::PoseFrame seen = frame(3, 0.125);
  seen.pose.emplace();
  (*seen.pose)[pose::Landmark::left_knee] = {{12.345, 67.891}, 0.87654};
  const std::string text = keypoints_csv({seen});
  EXPECT_THAT(text, StartsWith("frame,time_s,keypoint,x_px,y_px,score,width_px,height_px\n"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 33);
  EXPECT_THAT(text, HasSubstr("3,0.125000,left_knee,12.35,67.89,0.8765,640,360\n"));
  EXPECT_THAT(text, HasSubstr("3,0.125000,right_knee,,,,640,360\n")) << "missing, not 0";
}

TEST(KeypointsCsv, HasOneRowForAFrameWithoutAPerson) {
  EXPECT_EQ(keypoints_csv({frame(7, 1.0)}),
            "frame,time_s,keypoint,x_px,y_px,score,width_px,height_px\n"
            "7,1.000000,,,,,640,360\n");
}

TEST(EventsCsv, ListsEventsInOrderOfTimeAndWarningsLast) {
  engine::Analysis analysis;
  exercise::Repetition repetition;
  repetition.index = 1;
  repetition.side = exercise::KickingSide::left;
  repetition.start = Seconds(1.0);
  repetition.kicks = {{Seconds(1.5), Degrees(101.24)}};
  repetition.lowering_start = Seconds(2.0);
  repetition.end = Seconds(4.0);
  repetition.status = exercise::RepetitionStatus::faulty;
  repetition.faults = {{"drop", 0.25, 0.3, "s", "Lower slowly."}};
  analysis.repetitions = {repetition};
  analysis.set_faults = {{"same_side_twice", Seconds(1.25)}};
  analysis.warnings = {{"no_person", "Nobody, \"here\""}};
  EXPECT_EQ(events_csv(analysis),
            "time_s,event,repetition,side,value,unit,detail\n"
            "1.000,repetition_start,1,left,,,\n"
            "1.250,set_fault,,,,,same_side_twice\n"
            "1.500,kick,1,left,101.2,deg,knee_flexion\n"
            "2.000,lowering_start,1,left,,,\n"
            "4.000,repetition_end,1,left,,,faulty\n"
            "4.000,fault,1,left,0.250,s,\"drop; threshold 0.300\"\n"
            ",warning,,,,,\"no_person: Nobody, \"\"here\"\"\"\n");
}

TEST(EventsCsv, HasOnlyAHeaderForNothing) {
  EXPECT_EQ(events_csv({}), "time_s,event,repetition,side,value,unit,detail\n");
}

TEST(EventsCsv, ListsPeaksWithTheirLegAndReadings) {
  engine::Analysis analysis;
  exercise::Repetition repetition;
  repetition.index = 1;
  repetition.side = exercise::KickingSide::both;
  repetition.start = Seconds(1.0);
  repetition.peaks = {{Seconds(1.5), 91.24, "deg", pose::Side::right},
                      {Seconds(1.75), 0.125, "thigh_length", {}}};
  repetition.readings = {{"hold_s", 1.5, "s"}};
  repetition.lowering_start = Seconds(2.0);
  repetition.end = Seconds(4.0);
  analysis.repetitions = {repetition};
  EXPECT_EQ(events_csv(analysis),
            "time_s,event,repetition,side,value,unit,detail\n"
            "1.000,repetition_start,1,both,,,\n"
            "1.500,peak,1,both,91.240,deg,right\n"
            "1.750,peak,1,both,0.125,thigh_length,\n"
            "2.000,lowering_start,1,both,,,\n"
            "4.000,repetition_end,1,both,,,clean\n"
            "4.000,reading,1,both,1.500,s,hold_s\n");
}

}  // namespace
}  // namespace matside::formats
