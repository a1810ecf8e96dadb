#include "server/locked_state.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "records/persons.h"

namespace matside::server {
namespace {

TEST(LockedPinTokens, are_checked_by_one_thread_while_another_issues_them) {
  records::Person ada;
  ada.id = 1;
  ada.pin = records::hash_pin("2468").value();
  LockedPinTokens tokens;
  const std::string token = tokens.issue(ada, "2468", protocol::kThisComputer, {}).value();
  std::thread records([&] {
    for (int i = 0; i < 3; ++i) {
      EXPECT_TRUE(tokens.issue(ada, "2468", protocol::kThisComputer, {}));
    }
  });
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(tokens.authorizes(ada, token));
  records.join();
}

TEST(LockedLastRecording, is_found_by_one_thread_while_another_holds_the_next) {
  LockedLastRecording last;
  std::thread answering([&] {
    for (int i = 0; i < 100; ++i) EXPECT_NE(last.hold({1, "", false, {"poses"}, ""}), "");
  });
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(last.find("another name"), nullptr);
  answering.join();
}

}  // namespace
}  // namespace matside::server
