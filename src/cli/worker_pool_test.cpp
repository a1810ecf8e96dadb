#include "cli/worker_pool.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>

namespace matside::cli {
namespace {

constexpr std::chrono::milliseconds kPatience{60'000};

/// Answers with its process ID and the line; a line can tell it to abort.
std::string answer(const std::string& line) {
  if (line == "die") std::abort();
  return std::to_string(::getpid()) + " " + line;
}

TEST(WorkerPool, GivesLinesToProcessesAndTakesTheirAnswers) {
  auto started = WorkerPool::start(2, answer);
  ASSERT_TRUE(started) << started.error().message;
  WorkerPool pool = std::move(started).value();
  pool.give(0, "first");
  pool.give(1, "second");
  std::set<std::string> lines;
  std::set<std::string> processes;
  while (lines.size() < 2) {
    const auto event = pool.wait(kPatience);
    ASSERT_TRUE(event && event->answer);
    const std::size_t space = event->answer->find(' ');
    processes.insert(event->answer->substr(0, space));
    lines.insert(event->answer->substr(space + 1));
  }
  EXPECT_EQ(lines, (std::set<std::string>{"first", "second"}));
  EXPECT_EQ(processes.size(), 2U);
  EXPECT_FALSE(processes.contains(std::to_string(::getpid())));
  EXPECT_FALSE(pool.wait(std::chrono::milliseconds(1))) << "nothing more";
}

TEST(WorkerPool, TellsThatAWorkerDiedAndStartsAnother) {
  auto started = WorkerPool::start(1, answer);
  ASSERT_TRUE(started);
  WorkerPool pool = std::move(started).value();
  pool.give(0, "die");
  const auto event = pool.wait(kPatience);
  ASSERT_TRUE(event);
  EXPECT_FALSE(event->answer);
  EXPECT_EQ(event->end, "signal 6");
  ASSERT_TRUE(pool.restart(0));
  pool.give(0, "again");
  const auto after = pool.wait(kPatience);
  ASSERT_TRUE(after && after->answer);
  EXPECT_TRUE(after->answer->ends_with(" again"));
}

TEST(WorkerPool, TakesAnswersOfAnyLength) {
  auto started = WorkerPool::start(1, [](const std::string& line) {
    return std::string(static_cast<std::size_t>(std::stoi(line)), 'x');
  });
  ASSERT_TRUE(started);
  WorkerPool pool = std::move(started).value();
  pool.give(0, "500000");
  const auto event = pool.wait(kPatience);
  ASSERT_TRUE(event && event->answer);
  EXPECT_EQ(event->answer->size(), 500'000U);
}

}  // namespace
}  // namespace matside::cli
