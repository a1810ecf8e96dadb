#include "batch/work_queue.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace matside::batch {
namespace {

namespace fs = std::filesystem;

std::string id_of(int number) {
  std::string digits = std::to_string(number);
  // Spread over the folders, as digests are.
  const char first = "0123456789abcdef"[number % 16];
  return first + std::string(31 - digits.size(), '0') + digits;
}

class WorkQueueTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "matside_queue_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  WorkQueue queue() {
    auto created = WorkQueue::create(folder_ / "queue");
    EXPECT_TRUE(created) << created.error().message;
    return std::move(created).value();
  }
  static Claim taken(WorkQueue& queue, const std::string& owner) {
    const auto claim = queue.take(owner);
    EXPECT_TRUE(claim && claim.value());
    return claim && claim.value() ? *claim.value() : Claim();
  }
  static bool is_empty(WorkQueue& queue) {
    const auto claim = queue.take("another");
    return claim && !claim.value();
  }

  fs::path folder_;
};

TEST_F(WorkQueueTest, GivesEachItemToOneOwnerAndKeepsItsOutcome) {
  WorkQueue both = queue();
  ASSERT_TRUE(both.add(id_of(1), "first"));
  const Claim claim = taken(both, "12_0.0");
  EXPECT_EQ(claim.id, id_of(1));
  EXPECT_EQ(claim.text, "first");
  EXPECT_TRUE(is_empty(both));
  ASSERT_EQ(both.claims().value().size(), 1U);
  EXPECT_EQ(both.claims().value().front().owner, "12_0.0");
  ASSERT_TRUE(both.finish(claim, "outcome"));
  EXPECT_TRUE(both.claims().value().empty());
  const auto outcomes = both.outcomes();
  ASSERT_EQ(outcomes.value().size(), 1U);
  EXPECT_EQ(outcomes.value().front().id, id_of(1));
  EXPECT_EQ(outcomes.value().front().text, "outcome");
  both.remove_outcome(id_of(1));
  EXPECT_TRUE(both.ids().value().empty());
}

TEST_F(WorkQueueTest, GivesNothingTwiceToManyProcesses) {
  constexpr int kItems = 400;
  constexpr int kProcesses = 8;
  WorkQueue mine = queue();
  for (int i = 0; i < kItems; ++i) ASSERT_TRUE(mine.add(id_of(i), std::to_string(i)));
  for (int process = 0; process < kProcesses; ++process) {
    if (::fork() != 0) continue;
    auto opened = WorkQueue::open(folder_ / "queue");
    const std::string owner = std::to_string(process) + ".0";
    std::ofstream log(folder_ / owner);
    while (true) {
      const auto claim = opened.value().take(owner);
      if (!claim || !claim.value()) break;
      log << claim.value()->text << '\n';
      if (!opened.value().finish(*claim.value(), owner)) ::_exit(1);
    }
    log.close();
    ::_exit(0);
  }
  for (int process = 0; process < kProcesses; ++process) {
    int status = 0;
    ASSERT_GT(::wait(&status), 0);
    EXPECT_EQ(status, 0);
  }
  std::map<std::string, int> times;
  for (int process = 0; process < kProcesses; ++process) {
    std::ifstream log(folder_ / (std::to_string(process) + ".0"));
    for (std::string line; std::getline(log, line);) ++times[line];
  }
  EXPECT_EQ(times.size(), static_cast<std::size_t>(kItems));
  for (const auto& [item, count] : times) EXPECT_EQ(count, 1) << item;
  EXPECT_EQ(mine.outcomes().value().size(), static_cast<std::size_t>(kItems));
}

TEST_F(WorkQueueTest, LetsOthersTakeWhatADeadOwnerHad) {
  WorkQueue both = queue();
  ASSERT_TRUE(both.add(id_of(7), "text"));
  const Claim dead = taken(both, "12_0.0");
  ASSERT_TRUE(both.give_back_of_dead(dead));
  const Claim again = taken(both, "12_1.0");
  EXPECT_EQ(again.id, dead.id);
  EXPECT_EQ(again.attempt, 1);
  EXPECT_EQ(again.text, "text");
  ASSERT_TRUE(both.give_back(again)) << "a polite stop isn't counted";
  EXPECT_EQ(taken(both, "12_2.0").attempt, 1);
}

TEST_F(WorkQueueTest, ALateOwnerReplacesNoOutcomeAndDisturbsNobody) {
  WorkQueue both = queue();
  ASSERT_TRUE(both.add(id_of(7), "text"));
  const Claim late = taken(both, "12_0.0");
  ASSERT_TRUE(both.give_back_of_dead(late));
  const Claim current = taken(both, "12_1.0");
  ASSERT_TRUE(both.finish(current, "of the current owner"));
  ASSERT_TRUE(both.finish(late, "of the late owner"));
  ASSERT_EQ(both.outcomes().value().size(), 1U);
  EXPECT_EQ(both.outcomes().value().front().text, "of the current owner");
  EXPECT_TRUE(both.give_back(late)) << "it has nothing any more";
  EXPECT_TRUE(is_empty(both));
}

TEST_F(WorkQueueTest, WhatALateOwnerFinishedFirstIsNotDoneAgain) {
  WorkQueue both = queue();
  ASSERT_TRUE(both.add(id_of(7), "text"));
  const Claim late = taken(both, "12_0.0");
  ASSERT_TRUE(both.give_back_of_dead(late));
  ASSERT_TRUE(both.finish(late, "of the late owner"));
  EXPECT_TRUE(is_empty(both));
  EXPECT_EQ(both.outcomes().value().size(), 1U);
}

TEST_F(WorkQueueTest, AProcessThatStartsAgainGivesBackWhatItHadBefore) {
  WorkQueue both = queue();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(both.add(id_of(i), ""));
  taken(both, "12_1.0");
  taken(both, "12_1.0");
  taken(both, "12_10.0");
  ASSERT_TRUE(both.give_back_all("12_1."));
  ASSERT_EQ(both.claims().value().size(), 1U);
  EXPECT_EQ(both.claims().value().front().owner, "12_10.0");
}

TEST_F(WorkQueueTest, WithdrawnItemsAreTakenByNobody) {
  WorkQueue both = queue();
  ASSERT_TRUE(both.add(id_of(1), ""));
  ASSERT_TRUE(both.give_back_of_dead(taken(both, "12_0.0")));
  both.withdraw(id_of(1));
  EXPECT_TRUE(is_empty(both));
}

TEST_F(WorkQueueTest, IgnoresFilesThatItDidNotWrite) {
  WorkQueue both = queue();
  for (const char* name : {"todo/notes.txt", "taken/x", "taken/00.0.me", "done/readme"}) {
    std::ofstream(folder_ / "queue" / name) << "hello";
  }
  fs::create_directory(folder_ / "queue" / "todo" / "0a");
  std::ofstream(folder_ / "queue" / "todo" / "0a" / (id_of(1) + ".x")) << "";
  std::ofstream(folder_ / "queue" / "taken" / (id_of(1) + ".0.a b")) << "";
  EXPECT_TRUE(both.ids().value().empty());
  EXPECT_TRUE(both.outcomes().value().empty());
  EXPECT_FALSE(WorkQueue::open(folder_ / "nothing"));
}

TEST_F(WorkQueueTest, KeepsWhyOwnersStopped) {
  WorkQueue both = queue();
  ASSERT_TRUE(both.report("12_0.0", "n1: no such file"));
  EXPECT_EQ(both.problems().value(), std::vector<std::string>{"n1: no such file"});
}

}  // namespace
}  // namespace matside::batch
