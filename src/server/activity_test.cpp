#include "server/activity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matside::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Activity, an_idle_server_takes_a_practice_or_a_recording) {
  EXPECT_THAT(Activity().practice_refusal(), IsEmpty());
  EXPECT_THAT(Activity().recording_refusal(), IsEmpty());
}

TEST(Activity, a_practice_excludes_another_and_a_recording) {
  Activity activity;
  activity.practising = true;
  EXPECT_THAT(activity.practice_refusal(), HasSubstr("in another window"));
  EXPECT_THAT(activity.recording_refusal(), HasSubstr("A practice is running"));
}

TEST(Activity, an_analysis_excludes_a_practice_and_another_recording) {
  Activity activity;
  activity.analysing = true;
  EXPECT_THAT(activity.practice_refusal(), HasSubstr("recording"));
  EXPECT_THAT(activity.recording_refusal(), HasSubstr("Another recording"));
}

TEST(Activity, an_upload_excludes_another_one_but_no_practice) {
  Activity activity;
  activity.receiving = true;
  EXPECT_THAT(activity.practice_refusal(), IsEmpty());
  EXPECT_THAT(activity.recording_refusal(), HasSubstr("Another recording"));
}

}  // namespace
}  // namespace matside::server
