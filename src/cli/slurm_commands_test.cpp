#include "cli/slurm_commands.h"

#include <gtest/gtest.h>

namespace matside::cli {
namespace {

TEST(SlurmTasks, AreReadFromWhatSqueuePrints) {
  const SlurmTasks tasks = tasks_in(
      "CLUSTER: "
      "big\n12_0|RUNNING|None\n12_1|COMPLETING|None\n12_2|PENDING|Resources\n12_3|PENDING|"
      "None\n");
  EXPECT_EQ(tasks.at_work_by_id,
            (std::map<std::string, bool>{
                {"12_0", true}, {"12_1", true}, {"12_2", false}, {"12_3", false}}));
  EXPECT_EQ(tasks.summary(), "2 tasks run, 2 wait (Resources)");
  EXPECT_TRUE(tasks_in("").none());
  EXPECT_EQ(tasks_in("").summary(), "");
  EXPECT_EQ(tasks_in("7_0|RUNNING|None\n").summary(), "1 task runs");
}

TEST(SlurmTasks, ThatAllWaitForOneReasonAreTold) {
  EXPECT_TRUE(
      tasks_in("12_0|PENDING|BeginTime\n12_1|PENDING|BeginTime\n").all_wait_for("BeginTime"));
  EXPECT_FALSE(
      tasks_in("12_0|PENDING|BeginTime\n12_1|PENDING|Priority\n").all_wait_for("BeginTime"));
  EXPECT_FALSE(
      tasks_in("12_0|PENDING|BeginTime\n12_1|RUNNING|None\n").all_wait_for("BeginTime"));
  EXPECT_FALSE(tasks_in("").all_wait_for("BeginTime"));
}

}  // namespace
}  // namespace matside::cli
