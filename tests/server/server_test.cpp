// The page's files and the practice, over the network.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/server/server_fixture.h"

namespace matside::server {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

TEST_F(ServerTest, serves_the_page_with_a_strict_policy) {
  start();
  const std::string answer = get("/");
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 200 OK"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/html; charset=utf-8"));
  EXPECT_THAT(answer,
              HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'"));
  EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff"));
  EXPECT_THAT(answer, HasSubstr("Cache-Control: no-store"));
  EXPECT_THAT(answer, HasSubstr("<title>Matside</title>"));
  EXPECT_THAT(get("/page.js"), HasSubstr("Content-Type: text/javascript"));
  EXPECT_THAT(get("/page.css"), HasSubstr("Content-Type: text/css"));
  EXPECT_THAT(get("/icon.svg"), HasSubstr("Content-Type: image/svg+xml"));
  const std::string clip = get("/voice/dropped_foot.ogg");
  EXPECT_THAT(clip, HasSubstr("Content-Type: audio/ogg"));
  EXPECT_THAT(clip, HasSubstr("OggS"));
}

TEST_F(ServerTest, serves_no_other_file) {
  start();
  for (const char* target : {"/index.html", "/../models/eye.tflite", "//etc/passwd",
                             "/%2e%2e/exercises/cues.en.json", "/page.js?x", "/voice/",
                             "/voice/nothing.ogg", "/voice/../page.js"}) {
    EXPECT_THAT(get(target), HasSubstr("HTTP/1.1 404")) << target;
  }
}

TEST_F(ServerTest, accepts_no_host_name_but_its_own) {
  start();
  const std::string end = "\r\nConnection: close\r\n\r\n";
  for (const std::string& name :
       {std::string("evil.example:") + std::to_string(port()), std::string("127.0.0.1"),
        std::string("127.0.0.1:1"), "localhost.evil.example:" + std::to_string(port())}) {
    EXPECT_THAT(raw("GET / HTTP/1.1\r\nHost: " + name + end), HasSubstr(" 403 ")) << name;
  }
  EXPECT_THAT(raw("GET / HTTP/1.1\r\nX: y" + end), HasSubstr(" 403 "));
  EXPECT_THAT(raw("GET / HTTP/1.1\r\nHost: localhost:" + std::to_string(port()) +
                  "\r\nCookie: " + test_cookie(port()) + end),
              HasSubstr(" 200 "));
}

TEST_F(ServerTest, accepts_only_small_plain_requests) {
  start();
  const std::string head = " / HTTP/1.1\r\nHost: " + host_and_cookie() + "\r\n";
  EXPECT_THAT(raw("POST" + head + "\r\n"), HasSubstr(" 405 "));
  EXPECT_THAT(raw("POST" + head + "Content-Length: 5\r\n\r\nhello"), HasSubstr(" 4"));
  EXPECT_THAT(raw("GET" + head + "Long: " + std::string(9000, 'x') + "\r\n\r\n"),
              HasSubstr(" 431 "));
  EXPECT_THAT(raw("nonsense\r\n\r\n"), HasSubstr(" 400 "));
  EXPECT_THAT(get("/practice"), HasSubstr(" 426 "));
}

TEST_F(ServerTest, refuses_a_practice_to_another_site) {
  start();
  EXPECT_TRUE(PageClient(port(), {.origin = "http://evil.example"}).refused());
  EXPECT_TRUE(PageClient(port(), {.origin = "https://" + host()}).refused());
  EXPECT_TRUE(PageClient(port(), {.origin = "null"}).refused());
  EXPECT_TRUE(PageClient(port(), {.origin = ""}).refused());
  EXPECT_TRUE(PageClient(port()).open());
}

TEST_F(ServerTest, responds_to_each_frame_and_ends_with_a_summary) {
  start();
  PageClient tab(port());
  tab.send(kHello);
  const json ready = tab.next();
  EXPECT_EQ(ready["type"], "ready");
  EXPECT_EQ(ready["level"], 1);
  for (std::uint32_t i = 0; i < 3; ++i) {
    tab.send_frame(frame(i, i / 30.0, grey_jpeg(64, 48)));
    const json done = tab.next("frame_done");
    EXPECT_EQ(done["index"], i);
    EXPECT_EQ(done["dropped"], false);
    EXPECT_EQ(done["person"], false);
    EXPECT_EQ(done["points"], json::array());
  }
  tab.send(kStop);
  EXPECT_EQ(tab.next("summary")["frames"], 3);
  EXPECT_TRUE(tab.next().is_null());
}

TEST_F(ServerTest, drops_frames_that_arrive_too_early_but_responds_to_each) {
  start();
  PageClient tab(port());
  tab.send(kHello);
  tab.next("ready");
  constexpr std::uint32_t kFrames = 40;
  for (std::uint32_t i = 0; i < kFrames; ++i) {
    tab.send_frame(frame(i, i / 30.0, grey_jpeg(640, 360)));
  }
  std::uint32_t dropped = 0;
  std::set<int> answered;
  while (answered.size() < kFrames) {
    const json done = tab.next("frame_done");
    ASSERT_FALSE(done.is_null());
    answered.insert(done["index"].get<int>());
    if (done["dropped"]) ++dropped;
  }
  EXPECT_GT(dropped, 0U);
  tab.send(kStop);
  EXPECT_EQ(tab.next("summary")["frames"], kFrames - dropped);
}

TEST_F(ServerTest, has_one_practice_at_a_time) {
  start();
  {
    PageClient first(port());
    first.send(kHello);
    first.next("ready");
    PageClient second(port());
    second.send(kHello);
    EXPECT_EQ(second.failure(), "busy");
    first.send_frame(frame(0, 0.0, grey_jpeg(64, 48)));
    EXPECT_FALSE(first.next("frame_done").is_null());
    first.send(kStop);
    first.next("summary");
  }
  PageClient third(port());
  third.send(kHello);
  EXPECT_EQ(third.next()["type"], "ready");
}

TEST_F(ServerTest, allows_another_practice_when_a_page_goes_away) {
  start();
  {
    PageClient first(port());
    first.send(kHello);
    first.next("ready");
  }
  json answer;
  while (answer.is_null() || answer["type"] == "failure") {
    PageClient next(port());
    next.send(kHello);
    answer = next.next();
    ASSERT_FALSE(answer.is_null());
  }
  EXPECT_EQ(answer["type"], "ready");
}

std::string hello_with(const char* key, const json& value) {
  json hello = json::parse(kHello);
  hello[key] = value;
  return hello.dump();
}

json carried_with(const char* key, int value) {
  json carried{{"left", 3}, {"right", 2}, {"unsure", 0}, {"kicks", 10}, {"clean", 4}};
  carried[key] = value;
  return carried;
}

std::vector<std::string> stages_until(PageClient& tab, const std::string& type) {
  std::vector<std::string> stages;
  for (json message = tab.next(); !message.is_null(); message = tab.next()) {
    if (message["type"] == "stage") stages.push_back(message["stage"]);
    if (message["type"] == type) break;
  }
  return stages;
}

TEST_F(ServerTest, guides_asks_for_comfort_and_continues) {
  start();
  PageClient tab(port());
  tab.send(hello_with("guided", true));
  EXPECT_EQ(stages_until(tab, "say"), std::vector<std::string>{"placing"});
  tab.send(R"({"type":"pause"})");
  EXPECT_EQ(stages_until(tab, "comfort_asked"), std::vector<std::string>{"stopped"});
  tab.send(R"({"type":"comfort","answer":"comfortable"})");
  tab.send(R"({"type":"resume"})");
  EXPECT_EQ(stages_until(tab, "stage"), std::vector<std::string>{"settling"});
  tab.send(kStop);
  EXPECT_EQ(tab.next("summary")["ended_by"], "person");
}

TEST_F(ServerTest, ends_the_practice_at_any_discomfort) {
  start();
  PageClient tab(port());
  tab.send(kHello);
  tab.next("ready");
  tab.send(R"({"type":"comfort","answer":"discomfort"})");
  EXPECT_EQ(tab.next("summary")["ended_by"], "discomfort");
  EXPECT_TRUE(tab.next().is_null());
}

TEST_F(ServerTest, continues_from_the_counts_before_a_lost_connection) {
  start();
  PageClient tab(port());
  tab.send(hello_with("carried", carried_with("left", 3)));
  const json counts = tab.next("counts");
  EXPECT_EQ(counts["left"], 3);
  EXPECT_EQ(counts["right"], 2);
  EXPECT_EQ(counts["kicks"], 10);
}

TEST_F(ServerTest, gives_an_audio_guide_without_a_camera_and_takes_the_reported_counts) {
  start();
  PageClient practising(port());
  practising.send(kHello);
  practising.next("ready");
  PageClient tab(port());
  tab.send(hello_with("camera", false));
  const json items = tab.next("script")["items"];
  EXPECT_EQ(items.back()["left"], 10);
  EXPECT_EQ(items.back()["right"], 10);
  tab.send(R"({"type":"self_reported","left":10,"right":9})");
  const json summary = tab.next("summary");
  EXPECT_EQ(summary["self_reported"], true);
  EXPECT_TRUE(tab.next().is_null());
}

TEST_F(ServerTest, ends_a_connection_after_a_message_that_the_schema_does_not_allow) {
  start();
  for (const std::string& wrong :
       {std::string("hello"),
        std::string("[]"),
        std::string("{}"),
        kStop,
        std::string(R"({"type":"hello"})"),
        hello_with("level", 4),
        hello_with("level", -1),
        hello_with("level", 1.5),
        hello_with("level", "1"),
        hello_with("more", 1),
        hello_with("repetitions", 0),
        hello_with("repetitions", 21),
        hello_with("guided", 1),
        hello_with("camera", "yes"),
        hello_with("breath", "held"),
        hello_with("carried", 3),
        hello_with("carried", json{{"left", 1}}),
        hello_with("carried", carried_with("left", -1)),
        hello_with("carried", carried_with("more", 1)),
        std::string(R"({"type":"comfort","answer":"so so"})"),
        std::string(R"({"type":"self_reported","left":1,"right":1})"),
        std::string(R"({"type":"pause"})"),
        std::string(R"({"type":"resume"})"),
        std::string(R"({"type":"stop","more":1})"),
        std::string(R"({"type":"bye"})"),
        std::string(3000, '['),
        std::string(5000, ' ') + kHello}) {
    PageClient tab(port());
    tab.send(wrong);
    EXPECT_EQ(tab.failure(), "bad_message") << wrong.substr(0, 60);
  }
  PageClient early(port());
  early.send_frame(frame(0, 0.0, grey_jpeg(64, 48)));
  EXPECT_EQ(early.failure(), "bad_message");
}

TEST_F(ServerTest, ends_a_connection_after_an_invalid_frame) {
  start();
  const std::string good = grey_jpeg(640, 360);
  for (const std::string& wrong :
       {std::string("short"), frame(0, 0.0, "no JPEG at all"),
        frame(0, 0.0, good.substr(0, good.size() / 2)), frame(0, -1.0, good),
        frame(0, std::numeric_limits<double>::quiet_NaN(), good),
        frame(0, 0.0, grey_jpeg(1921, 16))}) {
    PageClient tab(port());
    tab.send(kHello);
    tab.next("ready");
    tab.send_frame(wrong);
    EXPECT_EQ(tab.failure(), "bad_frame") << wrong.size();
  }
}

TEST_F(ServerTest, stops_in_the_middle_of_a_practice) {
  start();
  PageClient tab(port());
  tab.send(kHello);
  tab.next("ready");
  tab.send_frame(frame(0, 0.0, grey_jpeg(640, 360)));
  stop();
  server_.reset();
  int messages = 0;
  while (!tab.next().is_null()) ASSERT_LT(++messages, 100);
}

TEST_F(ServerTest, reports_a_port_in_use) {
  start();
  server::Setup same = setup();
  same.port = port();
  const auto second = Server::create(std::move(same));
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().kind, base::ErrorKind::usage);
  EXPECT_THAT(second.error().message, HasSubstr("is in use by another program"));
}

TEST_F(ServerTest, listens_without_tls_on_loopback_only) {
  for (const char* address : {"0.0.0.0", "::", "192.168.0.1", "somewhere"}) {
    server::Setup open = setup();
    open.address = address;
    const auto made = Server::create(std::move(open));
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().kind, base::ErrorKind::usage);
  }
  server::Setup open = setup();
  open.address = "0.0.0.0";
  EXPECT_THAT(Server::create(std::move(open)).error().message, HasSubstr("needs --tls"));
}

}  // namespace
}  // namespace matside::server
