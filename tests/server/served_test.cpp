// `matside serve` as it is installed: other users of the computer, a restart, a forgotten PIN,
// and its memory whatever is posted.
#include <gmock/gmock.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "records/import_export.h"
#include "records/persons.h"
#include "records/sqlite/repository.h"
#include "tests/records/records_fixture.h"
#include "tests/server/routes.h"
#include "tests/server/served_program.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"

namespace matside::server {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr double kMostMemory_MB = 300.0;

class ServedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    data_ = media_.path("data").string();
    person_ = records()->add_person("Zenobia", {1'767'600'000}).value();
  }
  [[nodiscard]] std::unique_ptr<records::Repository> records() const {
    fs::create_directories(data_);
    auto opened = records::sqlite::open(data_ + "/matside.db");
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(opened).value();
  }
  static std::string head(const Served& served, const std::string& method,
                          const std::string& target, std::size_t body_bytes) {
    const std::string host = "127.0.0.1:" + std::to_string(served.port());
    return method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
           "\r\nCookie: " + served.cookie() +
           "\r\nContent-Length: " + std::to_string(body_bytes) +
           "\r\nConnection: close\r\n\r\n";
  }
  static std::string ask(const Served& served, const std::string& method,
                         const std::string& target, const std::string& body = "") {
    RawClient client(served.port());
    client.send(head(served, method, target, body.size()) + body);
    return client.read_to_end();
  }

  support::MediaFolder media_;
  std::string data_;
  records::Id person_ = 0;
  uid_t owner_ = ::geteuid();
};

TEST_F(ServedTest, the_cookie_and_the_address_stay_valid_after_a_restart) {
  std::uint16_t port = 0;
  std::string address;
  std::string cookie;
  {
    const Served first(data_);
    port = first.port();
    address = first.address();
    cookie = first.cookie();
    EXPECT_THAT(ask(first, "GET", "/api/persons"), HasSubstr("Zenobia"));
  }
  const Served second(data_, {.port = port});
  EXPECT_EQ(second.address(), address);
  EXPECT_EQ(second.cookie(), cookie);
  const fs::perms mode = fs::status(data_ + "/serve.key").permissions();
  EXPECT_EQ(mode, fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(ServedTest, a_saved_practice_of_a_sister_move_is_opened_and_reported) {
  records::PracticeDraft::Plan plan;
  plan.person = person_;
  plan.origin = records::Origin::recording;
  plan.start = records_test::on_day(0.0);
  const auto saved =
      records::import_poses(*records(), plan, records_test::poses_of_move("swan_preparation"),
                            records_test::on_day(0.0), records_test::kEngine,
                            support::sister_move("swan-preparation"));
  ASSERT_TRUE(saved) << saved.error().message;
  const std::string id = std::to_string(saved.value().practice);
  const Served served(data_);
  const std::string practice = ask(served, "GET", "/api/practice?id=" + id);
  EXPECT_THAT(practice, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(practice, HasSubstr("\"exercise_name\":\"Swan preparation\""));
  EXPECT_THAT(practice, HasSubstr("\"name\":\"Chest lift\""));
  EXPECT_THAT(ask(served, "GET", "/api/repetition?practice=" + id + "&index=1"),
              StartsWith("HTTP/1.1 200 "));
  const std::string report = ask(served, "GET", "/api/report?id=" + id);
  EXPECT_THAT(report, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(report, HasSubstr("\"id\":\"swan-preparation\",\"name\":\"Swan preparation\""));
}

TEST_F(ServedTest, an_exercise_of_a_folder_is_known_if_the_server_was_told_of_it) {
  exercise::Definition mine = support::sister_move("swan-preparation");
  std::ifstream file(MATSIDE_SOURCE_DIR "/data/exercises/moves/swan_preparation.json");
  json text = json::parse(file);
  text["id"] = mine.id = "my-swan";
  const std::string folder = media_.path("mine").string();
  fs::create_directories(folder);
  std::ofstream(folder + "/my_swan.json") << text.dump();
  records::PracticeDraft::Plan plan;
  plan.person = person_;
  plan.start = records_test::on_day(0.0);
  const auto saved =
      records::import_poses(*records(), plan, records_test::poses_of_move("swan_preparation"),
                            records_test::on_day(0.0), records_test::kEngine, mine);
  ASSERT_TRUE(saved) << saved.error().message;
  const std::string target = "/api/practice?id=" + std::to_string(saved.value().practice);
  {
    const Served without(data_);
    EXPECT_THAT(ask(without, "GET", target), HasSubstr("\\\"my-swan\\\" isn't installed"));
  }
  const Served served(data_, {.exercises = folder});
  EXPECT_THAT(ask(served, "GET", target), HasSubstr("\"exercise\":\"my-swan\""));
}

TEST_F(ServedTest, a_forgotten_pin_is_removed_at_the_computer) {
  auto person = records()->person(person_).value();
  person.pin = records::hash_pin("2468").value();
  ASSERT_TRUE(records()->update_person(person).ok());
  const Served served(data_);
  const std::string today = "/api/today?person=" + std::to_string(person_);
  EXPECT_THAT(ask(served, "GET", today), StartsWith("HTTP/1.1 403 "));
  const std::string command = std::string(MATSIDE_PROGRAM) +
                              " remove-pin --person Zenobia --data " + data_ + " >/dev/null";
  EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c)
  EXPECT_THAT(ask(served, "GET", today), StartsWith("HTTP/1.1 200 "));
}

/// Runs the work as another user of this computer, where this process may: as root. Otherwise
/// as this user, whom only the key's cookie lets in, too. @returns what the work returned
std::string as_another_user(const std::function<std::string()>& work) {
  constexpr uid_t kNobody = 65534;
  std::array<int, 2> pipe{};
  EXPECT_EQ(::pipe(pipe.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const bool changed = ::geteuid() != 0 || (::setgroups(0, nullptr) == 0 &&
                                              ::setgid(kNobody) == 0 && ::setuid(kNobody) == 0);
    const std::string found = changed ? work() : "cannot become another user";
    (void)!::write(pipe[1], found.data(), found.size());
    ::_exit(0);
  }
  ::close(pipe[1]);
  std::string found;
  std::array<char, 4096> part{};
  for (ssize_t count = 0; (count = ::read(pipe[0], part.data(), part.size())) > 0;) {
    found.append(part.data(), static_cast<std::size_t>(count));
  }
  ::close(pipe[0]);
  ::waitpid(child, nullptr, 0);
  return found;
}

TEST_F(ServedTest, another_user_of_the_computer_gets_and_changes_nothing) {
  const Served served(data_);
  const std::string host = "127.0.0.1:" + std::to_string(served.port());
  const std::string cookie_name = "matside-" + std::to_string(served.port()) + "=";
  const std::string problems = as_another_user([&] {
    std::string found;
    for (const Route& route : kRoutes) {
      for (const std::string& cookie : {std::string(), cookie_name + std::string(32, '0')}) {
        RawClient client(served.port());
        client.send(std::string(route.method) + " " + route.target + " HTTP/1.1\r\nHost: " +
                    host + "\r\nOrigin: http://" + host + "\r\nCookie: " + cookie +
                    "\r\nContent-Length: " + std::to_string(std::strlen(route.body)) +
                    "\r\nConnection: close\r\n\r\n" + route.body);
        const std::string answer = client.read_to_end();
        if (!answer.starts_with("HTTP/1.1 401 ") ||
            answer.find("Zenobia") != std::string::npos) {
          found += std::string(route.method) + " " + route.target + ": " + answer + "\n";
        }
      }
    }
    // The records and the key themselves.
    for (const char* file : {"/matside.db", "/serve.key", "/serving.lock"}) {
      const bool readable = std::ifstream(data_ + file).is_open();
      if (::geteuid() != 0 && ::geteuid() != owner_ && readable) found += file;
    }
    return found;
  });
  EXPECT_EQ(problems, "");
  EXPECT_EQ(records()->persons().value().size(), 1U);
  EXPECT_THAT(ask(served, "GET", "/api/persons"), HasSubstr("Zenobia"));
}

TEST_F(ServedTest, stays_small_whatever_is_posted) {
  constexpr std::size_t kDeep = 100'000;
  constexpr std::size_t kInside = 20'000;
  constexpr std::size_t kZeros = 10'000'000;
  constexpr std::size_t kFewerZeros = 990'000;
  const Served served(data_);
  const std::string import = "/api/import?person=" + std::to_string(person_);
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
  };
  const auto exported = [](const std::string& practices) {
    return R"({"schema":"matside.export/1","practices":)" + practices + "}";
  };
  const auto zeros_of = [](std::size_t count) {
    std::string zeros = "[0";
    for (std::size_t i = 1; i < count; ++i) zeros += ",0";
    return zeros + "]";
  };
  const std::string zeros = zeros_of(kZeros);
  const std::vector<std::string> bodies = {
      R"({"schema":"matside.analysis/1","analysis":)" + nested(kDeep) + "}",
      exported(R"([{"analysis":)" + nested(kInside) + "}]"),
      exported(nested(kDeep)),
      nested(kDeep),
      exported(zeros),
      exported(zeros_of(kFewerZeros)),
      zeros,
      exported("[\"" + std::string(20'000'000, 'x') + "\"]"),
      R"({"schema":"matside.analysis/1","frames":)" + zeros + "}",
  };
  // Unfinished uploads: of a person who doesn't exist, too large, and of the person.
  std::vector<std::unique_ptr<RawClient>> unfinished;
  const std::string part(1'000'000, '[');
  for (const auto& [target, bytes] :
       {std::pair(std::string("/api/import?person=7"), 100'000'000U),
        std::pair(import, 100'000'000U), std::pair(import, 30'000'000U),
        std::pair(std::string("/api/change"), 60'000U)}) {
    for (int i = 0; i < 8; ++i) {
      unfinished.push_back(std::make_unique<RawClient>(served.port()));
      unfinished.back()->send(head(served, "POST", target, bytes) + part);
    }
  }
  unfinished.clear();
  std::vector<std::thread> posts;
  for (const std::string& body : bodies) {
    posts.emplace_back([&] {
      std::string answer;
      do {
        answer = ask(served, "POST", import, body);
      } while (answer.starts_with("HTTP/1.1 503 "));
      EXPECT_THAT(answer, StartsWith("HTTP/1.1 4"));
    });
  }
  for (std::thread& each : posts) each.join();
  EXPECT_TRUE(served.running());
  // The refused connections still take places for a moment.
  std::string answer;
  do {
    answer = ask(served, "GET", "/api/persons");
  } while (answer.starts_with("HTTP/1.1 503 "));
  EXPECT_THAT(answer, HasSubstr("Zenobia"));
  EXPECT_LT(served.most_memory_MB(), kMostMemory_MB);
}

}  // namespace
}  // namespace matside::server
