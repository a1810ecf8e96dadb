// Who gets in: on loopback only browsers with the key's cookie, and what a request must show
// before its body is read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <new>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "records/persons.h"
#include "records/sqlite/repository.h"
#include "tests/server/routes.h"
#include "tests/server/server_fixture.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"

namespace matside::server {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::int64_t kMonday_unix_s = 1'767'600'000;
constexpr const char* kName = "Zenobia";
constexpr int kIdle = 200;

class AccessTest : public ServerTest {
 protected:
  void SetUp() override {
    auto opened = records::sqlite::open(file());
    ASSERT_TRUE(opened.ok());
    database_ = std::move(opened).value();
    ada_ = database_->add_person(kName, {kMonday_unix_s}).value();
    server::Setup wanted = setup();
    wanted.records.open = [path = file()] {
      return protocol::shared(records::sqlite::open(path));
    };
    wanted.records.now = [this] {
      if (out_of_memory_) throw std::bad_alloc();
      return records::LocalTime{{kMonday_unix_s}, 60};
    };
    wanted.records.rules = support::plan_rules();
    wanted.records.engine = {"matside test", "blazepose-lite", false};
    wanted.limits.pose_streams = 1;
    wanted.analyse = [](const AnalysisRequest&) -> base::Result<protocol::AnalysisResult> {
      return base::Error{base::ErrorKind::input, "recording: is not analysed here"};
    };
    wanted.recordings = ::testing::TempDir();
    start(std::move(wanted));
  }
  // The server must end before its database is removed.
  void TearDown() override { stop(); }

  [[nodiscard]] std::string file() const { return folder_.path("matside.db").string(); }

  /// The request's head with everything that the page sends, but for a cookie of one's own.
  [[nodiscard]] std::string head(const std::string& method, const std::string& target,
                                 const std::string& more) const {
    return method + " " + target + " HTTP/1.1\r\nHost: " + host() + "\r\nOrigin: http://" +
           host() + "\r\nX-Matside: page\r\nConnection: close\r\n" + more;
  }
  std::string ask(const std::string& method, const std::string& target,
                  const std::string& cookie, const std::string& body = "") {
    const std::string cookies = cookie.empty() ? "" : "Cookie: " + cookie + "\r\n";
    return raw(head(method, target,
                    cookies + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n") +
               body);
  }
  [[nodiscard]] std::string import_head(const std::string& more) const {
    return head("POST", "/api/import?person=" + std::to_string(ada_),
                "Cookie: " + test_cookie(port()) + "\r\n" + more);
  }

  support::MediaFolder folder_;
  std::unique_ptr<records::Repository> database_;
  records::Id ada_ = 0;
  std::atomic<bool> out_of_memory_ = false;
};

TEST_F(AccessTest, without_the_cookie_no_route_gives_or_changes_anything) {
  const std::string name = "matside-" + std::to_string(port()) + "=";
  const std::vector<std::string> cookies = {"",
                                            name,
                                            name + std::string(32, '0'),
                                            name + test_key().address,
                                            name + test_key().cookie.substr(1),
                                            name + test_key().cookie + "0",
                                            "matside-1=" + test_key().cookie,
                                            "x" + name + test_key().cookie};
  for (const Route& route : kRoutes) {
    for (const std::string& cookie : cookies) {
      const std::string answer = ask(route.method, route.target, cookie, route.body);
      EXPECT_THAT(answer, StartsWith("HTTP/1.1 401 ")) << route.target << " " << cookie;
      EXPECT_THAT(answer, Not(HasSubstr(kName)));
      EXPECT_THAT(answer, Not(HasSubstr("Set-Cookie")));
    }
  }
  EXPECT_THAT(ask("GET", "/", ""), HasSubstr("Open the address that matside serve printed"));
  for (const char* target : {"/practice", "/poses"}) {
    EXPECT_TRUE(PageClient(port(), {.target = target, .cookie = ""}).refused());
    EXPECT_TRUE(PageClient(port(), {.target = target, .cookie = name + "0"}).refused());
    EXPECT_TRUE(PageClient(port(), {.target = target}).open());
  }
  const auto persons = database_->persons().value();
  ASSERT_EQ(persons.size(), 1U);
  EXPECT_EQ(persons[0].name, kName);
  EXPECT_THAT(ask("GET", "/api/persons", test_cookie(port())), HasSubstr(kName));
}

TEST_F(AccessTest, the_printed_address_is_exchanged_for_the_cookie) {
  const std::string target = "/?key=" + test_key().address;
  EXPECT_EQ(server_->url(), "http://" + host() + target);
  EXPECT_EQ(cookie_for(server_->url()), test_cookie(port()));
  const std::string answer = ask("GET", target, "");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 303 "));
  EXPECT_THAT(answer, HasSubstr("Location: /\r\n"));
  EXPECT_THAT(answer, HasSubstr("; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict\r\n"));
  EXPECT_THAT(ask("GET", target, test_cookie(port())), StartsWith("HTTP/1.1 303 "));
  for (const std::string& wrong :
       {std::string("/?key="), target + "0", "/?key=" + test_key().cookie, "/x" + target}) {
    EXPECT_THAT(ask("GET", wrong, ""), StartsWith("HTTP/1.1 401 ")) << wrong;
  }
  EXPECT_THAT(ask("POST", target, ""), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(ask("GET", target, "", "body"), StartsWith("HTTP/1.1 401 "));
}

TEST_F(AccessTest, pages_of_others_get_no_data_even_with_the_cookie) {
  const auto status = [&](const std::string& target, const std::string& more) {
    return raw("GET " + target + " HTTP/1.1\r\nHost: " + host_and_cookie() +
               "\r\nConnection: close\r\n" + more + "\r\n")
        .substr(9, 3);
  };
  for (const char* target :
       {"/api/persons", "/api/today?person=1", "/api/export?person=1", "/api/devices"}) {
    EXPECT_EQ(status(target, ""), "200") << target;
    EXPECT_EQ(status(target, "Sec-Fetch-Site: same-origin\r\n"), "200") << target;
    EXPECT_EQ(status(target, "Sec-Fetch-Site: none\r\n"), "200") << target;
    EXPECT_EQ(status(target, "Origin: http://" + host() + "\r\n"), "200") << target;
    for (const char* foreign :
         {"Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
          "Origin: http://127.0.0.1:1\r\n", "Origin: null\r\n", "Origin: \r\n"}) {
      EXPECT_EQ(status(target, foreign), "403") << target << " " << foreign;
    }
  }
}

TEST_F(AccessTest, idle_connections_shut_nobody_out) {
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < kIdle; ++i) idle.push_back(std::make_unique<RawClient>(port()));
  EXPECT_THAT(get("/"), StartsWith("HTTP/1.1 200 "));
  const auto practice = start_practice(port());
  for (int i = 0; i < kIdle; ++i) idle.push_back(std::make_unique<RawClient>(port()));
  EXPECT_TRUE(answers_frames(*practice));
  EXPECT_THAT(get("/api/persons"), HasSubstr(kName));
}

TEST_F(AccessTest, who_asks_is_known_before_a_body_is_read) {
  // No byte of the body is sent, so that the answer can't depend on it.
  const std::string large = "Content-Length: 30000000\r\n\r\n";
  const auto refused = [&](std::string text, const std::string& person) {
    const std::string mine = "person=" + std::to_string(ada_);
    text.replace(text.find(mine), mine.size(), "person=" + person);
    return raw(text);
  };
  for (const char* nobody : {"7", "-1", "99999999999"}) {
    EXPECT_THAT(refused(import_head(large), nobody), StartsWith("HTTP/1.1 404 ")) << nobody;
  }
  EXPECT_THAT(refused(import_head(large), "x"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(raw(head("POST", "/api/import?person=1", large)), StartsWith("HTTP/1.1 401 "));
  auto person = database_->person(ada_).value();
  person.pin = records::hash_pin("2468").value();
  ASSERT_TRUE(database_->update_person(person).ok());
  EXPECT_THAT(raw(import_head(large)), StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(raw(import_head("Matside-Unlocked: 0\r\n" + large)), StartsWith("HTTP/1.1 403 "));
}

TEST_F(AccessTest, the_size_of_a_body_is_limited_by_its_route) {
  const auto length = [](std::size_t bytes) {
    return "Content-Length: " + std::to_string(bytes) + "\r\n\r\n";
  };
  const Limits limits;
  EXPECT_THAT(raw(import_head(length(limits.import_bytes + 1))), StartsWith("HTTP/1.1 413 "));
  const std::string cookie = "Cookie: " + test_cookie(port()) + "\r\n";
  for (const char* target : {"/api/change", "/api/unlock", "/api/persons", "/api/nothing"}) {
    EXPECT_THAT(raw(head("POST", target, cookie + length(limits.request_bytes + 1))),
                StartsWith("HTTP/1.1 413 "))
        << target;
  }
  for (const char* target : {"/api/persons", "/api/today?person=1", "/api/devices", "/"}) {
    EXPECT_THAT(raw(head("GET", target, cookie + length(1))), StartsWith("HTTP/1.1 413 "))
        << target;
  }
  EXPECT_THAT(raw(head("POST", "/api/unpair", cookie + length(10'000)) + std::string(300, ' ')),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(raw(import_head("Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n")),
              StartsWith("HTTP/1.1 411 "));
}

TEST_F(AccessTest, one_import_or_export_is_in_memory_at_a_time) {
  const std::string whose = "?person=" + std::to_string(ada_);
  {
    RawClient slow(port());
    slow.send(import_head("Content-Length: 1000\r\n\r\n{"));
    // Until the server has the first one's head.
    while (
        !ask("GET", "/api/export" + whose, test_cookie(port())).starts_with("HTTP/1.1 503 ")) {
      ASSERT_FALSE(HasFailure());
    }
    const std::string second = raw(import_head("Content-Length: 2\r\n\r\n{}"));
    EXPECT_THAT(second, StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(second, HasSubstr("Another file is being imported"));
    EXPECT_THAT(ask("GET", "/api/today" + whose, test_cookie(port())),
                StartsWith("HTTP/1.1 200 "));
  }
  while (!ask("GET", "/api/export" + whose, test_cookie(port())).starts_with("HTTP/1.1 200 ")) {
    ASSERT_FALSE(HasFailure());
  }
}

TEST_F(AccessTest, a_request_without_memory_for_it_is_answered_and_the_next_one_works) {
  for (const char* target : {"/api/persons", "/api/today?person=1", "/api/export?person=1"}) {
    out_of_memory_ = true;
    const std::string refused = ask("GET", target, test_cookie(port()));
    EXPECT_THAT(refused, StartsWith("HTTP/1.1 503 ")) << target;
    EXPECT_THAT(refused, HasSubstr("not enough memory"));
    out_of_memory_ = false;
    EXPECT_THAT(ask("GET", target, test_cookie(port())), StartsWith("HTTP/1.1 200 "));
  }
  out_of_memory_ = true;
  EXPECT_THAT(raw(import_head("Content-Length: 2\r\n\r\n{}")), StartsWith("HTTP/1.1 503 "));
}

TEST_F(AccessTest, a_new_pin_ends_the_tokens_of_the_old_one) {
  const auto change = [&](const std::string& pin, const std::string& token) {
    const std::string body = json{{"change", "pin"}, {"person", ada_}, {"pin", pin}}.dump();
    return raw(head("POST", "/api/change",
                    "Cookie: " + test_cookie(port()) + "\r\nMatside-Unlocked: " + token +
                        "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n") +
               body);
  };
  const auto unlock = [&](const std::string& pin) {
    const std::string answer = ask("POST", "/api/unlock", test_cookie(port()),
                                   json{{"person", ada_}, {"pin", pin}}.dump());
    return json::parse(answer.substr(answer.find("\r\n\r\n") + 4)).value("token", "");
  };
  EXPECT_THAT(change("2468", ""), StartsWith("HTTP/1.1 200 "));
  const std::string old = unlock("2468");
  EXPECT_THAT(change("1357", old), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(change("2468", old), StartsWith("HTTP/1.1 403 "));
  const std::string whose = "?person=" + std::to_string(ada_);
  for (const char* route : {"today", "progress", "calendar", "export"}) {
    EXPECT_THAT(raw(head("GET", "/api/" + std::string(route) + whose,
                         "Cookie: " + test_cookie(port()) + "\r\nMatside-Unlocked: " + old +
                             "\r\n\r\n")),
                StartsWith("HTTP/1.1 403 "))
        << route;
  }
  EXPECT_EQ(unlock("2468"), "");
  EXPECT_THAT(change("", unlock("1357")), StartsWith("HTTP/1.1 200 "));
}

}  // namespace
}  // namespace matside::server
