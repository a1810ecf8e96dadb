// Recordings that the page uploads: the response, what is refused, and that a practice
// continues undisturbed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <future>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "records/sqlite/repository.h"
#include "tests/server/server_fixture.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"

namespace matside::server {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

pose::PoseFrame someone(double time_s) {
  pose::PoseFrame frame;
  frame.time = base::Seconds(time_s);
  frame.image_size = {640, 360};
  frame.pose.emplace();
  for (auto& keypoint : frame.pose->keypoints) keypoint = {{320.0, 90.0}, 0.5};
  return frame;
}

/// An analyser that reports the file's size.
base::Result<protocol::AnalysisResult> measure(const AnalysisRequest& recording) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(recording.path, failed);
  if (failed || size == 0) return base::Error{base::ErrorKind::input, "recording: is empty"};
  recording.progress(0.5);
  protocol::AnalysisResult analysed;
  analysed.result = json{{"bytes", size}, {"level", recording.as.level}}.dump(2);
  analysed.frames = {protocol::FrameLandmarks(someone(0.0)),
                     protocol::FrameLandmarks(pose::PoseFrame{})};
  return analysed;
}

class AnalysisTest : public ServerTest {
 protected:
  void serve(Analyser analyse, const Limits& limits = {}) {
    server::Setup wanted = setup();
    wanted.limits = limits;
    wanted.analyse = std::move(analyse);
    wanted.recordings = ::testing::TempDir();
    start(std::move(wanted));
  }

  [[nodiscard]] std::string head(std::size_t bytes, const std::string& query = "") const {
    return "POST /analyze" + query + " HTTP/1.1\r\nHost: " + host_and_cookie() +
           "\r\nOrigin: http://" + host() +
           "\r\nX-Matside: page\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
  }
  std::string post(const std::string& body, const std::string& query = "") {
    return raw(head(body.size(), query) + body);
  }
};

/// The JSON lines of an answer, chunked or not.
std::vector<json> lines_of(const std::string& answer) {
  std::vector<json> lines;
  std::istringstream text(answer);
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with('{')) lines.push_back(json::parse(line));
  }
  return lines;
}

json last_of(const std::string& answer) {
  const auto lines = lines_of(answer);
  return lines.empty() ? json() : lines.back();
}

/// An analysis that runs until it is stopped.
class Endless {
 public:
  Analyser analyse() {
    return [this](const AnalysisRequest& recording) -> base::Result<protocol::AnalysisResult> {
      begun_.set_value();
      while (!*recording.stop) std::this_thread::yield();
      return base::Error{base::ErrorKind::input, "stopped"};
    };
  }
  void wait_until_begun() { begun_.get_future().wait(); }

 private:
  std::promise<void> begun_;
};

TEST_F(AnalysisTest, a_recording_gets_progress_and_its_analysis) {
  serve(measure);
  const std::string answer = post(std::string(1'000'000, 'x'), "?level=2");
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 200 OK"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: application/x-ndjson"));
  const auto lines = lines_of(answer);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], json::parse(R"({"type":"progress","share":0.5})"));
  EXPECT_EQ(lines[1]["type"], "analysis");
  EXPECT_EQ(lines[1]["result"], json::parse(R"({"bytes":1000000,"level":2})"));
  ASSERT_EQ(lines[1]["frames"].size(), 2U);
  EXPECT_EQ(lines[1]["frames"][0]["points"].size(), 99U);
  EXPECT_EQ(lines[1]["frames"][0]["points"][0], 0.5);
  EXPECT_EQ(lines[1]["frames"][0]["points"][1], 0.25);
  EXPECT_EQ(lines[1]["frames"][0]["points"][2], 0.5);
  EXPECT_EQ(lines[1]["frames"][1], json::parse(R"({"time_s":0.0,"points":[]})"));
  EXPECT_EQ(lines[1]["recording"], nullptr) << "a server without records keeps none";
  EXPECT_EQ(last_of(post("x"))["result"]["level"], 1);
}

TEST_F(AnalysisTest, a_recording_is_analysed_as_the_exercise_asked_for) {
  server::Setup wanted = setup();
  wanted.installed = support::installed_exercises();
  wanted.analyse = [](const AnalysisRequest& recording) {
    auto analysed = measure(recording);
    analysed.value().exercise = json{{"id", recording.as.exercise}}.dump();
    return analysed;
  };
  wanted.recordings = ::testing::TempDir();
  start(std::move(wanted));
  const json asked = last_of(post("x", "?level=0&exercise=swan-preparation"));
  EXPECT_EQ(asked["exercise"]["id"], "swan-preparation");
  EXPECT_EQ(asked["result"]["level"], 0);
  EXPECT_EQ(last_of(post("x", "?level=0"))["exercise"]["id"], "") << "told by the movements";
  for (const char* query : {"?level=3&exercise=swan-preparation", "?exercise=swan"}) {
    EXPECT_THAT(post("x", query), HasSubstr("HTTP/1.1 400 ")) << query;
  }
}

TEST_F(AnalysisTest, a_recording_is_named_by_a_secret_so_that_it_can_be_kept) {
  const support::MediaFolder folder;
  server::Setup wanted = setup();
  wanted.analyse = [](const AnalysisRequest& recording) {
    auto analysed = measure(recording);
    protocol::RecordingWriter poses;
    poses.add_frame(someone(0.0));
    analysed.value().recording = {recording.as.level, "blazepose-full", false, poses.finish(),
                                  "single-leg-kick"};
    return analysed;
  };
  wanted.recordings = ::testing::TempDir();
  wanted.records.open = [&] {
    return protocol::shared(records::sqlite::open(folder.path("matside.db").string()));
  };
  wanted.records.now = [] { return records::LocalTime{{1'767'600'000}, 60}; };
  start(std::move(wanted));
  const std::string name = last_of(post("x"))["recording"];
  EXPECT_EQ(name.size(), 32U);
  EXPECT_NE(last_of(post("x"))["recording"], name);
  stop();
}

TEST_F(AnalysisTest, a_recording_of_unknown_length_is_accepted) {
  serve(measure);
  const std::string head = "POST /analyze HTTP/1.1\r\nHost: " + host_and_cookie() +
                           "\r\nOrigin: http://" + host() +
                           "\r\nX-Matside: page\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(last_of(raw(head + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))["result"]["bytes"], 5);
}

TEST_F(AnalysisTest, a_file_that_can_not_be_read_is_a_failure_with_a_reason) {
  serve(measure);
  EXPECT_EQ(last_of(post("")),
            json::parse(R"({"type":"failure","message":"recording: is empty"})"));
}

TEST_F(AnalysisTest, another_sites_request_is_refused) {
  serve(measure);
  std::string foreign = head(1);
  foreign.replace(foreign.find("Origin: http://"), 15, "Origin: https://");
  EXPECT_THAT(raw(foreign + "x"), HasSubstr(" 403 "));
  std::string plain = head(1);
  plain.replace(plain.find("X-Matside"), 9, "X-Another");
  EXPECT_THAT(raw(plain + "x"), HasSubstr(" 403 "));
  std::string fetched = head(1);
  fetched.replace(0, 4, "PUT");
  EXPECT_THAT(raw(fetched + "x"), HasSubstr(" 405 "));
  for (const char* query : {"?level=4", "?level=", "?", "?level=1&more"}) {
    EXPECT_THAT(post("x", query), HasSubstr(" 400 ")) << query;
  }
}

TEST_F(AnalysisTest, a_recording_over_the_limit_is_refused_and_a_practice_continues) {
  Limits limits;
  limits.recording_bytes = 1000;
  serve(measure, limits);
  const std::string refusal = post(std::string(1001, 'x'));
  EXPECT_THAT(refusal, HasSubstr(" 413 "));
  EXPECT_EQ(last_of(refusal)["type"], "failure");
  const std::string chunked = "POST /analyze HTTP/1.1\r\nHost: " + host_and_cookie() +
                              "\r\nOrigin: http://" + host() +
                              "\r\nX-Matside: page\r\nTransfer-Encoding: chunked\r\n\r\n";
  RawClient client(port());
  client.send(chunked + "1f4\r\n" + std::string(500, 'x') + "\r\n");
  const auto practice = start_practice(port());
  client.send("1f5\r\n" + std::string(501, 'x') + "\r\n");
  EXPECT_THAT(client.read_to_end(), HasSubstr(" 413 "));
  EXPECT_TRUE(answers_frames(*practice));
}

TEST_F(AnalysisTest, a_recording_without_a_folder_is_refused) {
  server::Setup wanted = setup();
  wanted.analyse = measure;
  wanted.recordings = "/dev/full";
  start(std::move(wanted));
  const std::string answer = post("x");
  EXPECT_THAT(answer, HasSubstr(" 507 "));
  EXPECT_THAT(last_of(answer)["message"].get<std::string>(), HasSubstr("TMPDIR"));
}

TEST_F(AnalysisTest, a_recording_that_fills_the_disk_is_refused_and_a_practice_continues) {
  serve(measure);
  RawClient client(port());
  client.send(head(1'000'000) + "x");
  const auto practice = start_practice(port());
  // Filling a file system needs root; a limit on the process's files does not.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit little = before;
  little.rlim_cur = 300'000;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &little), 0);
  client.send(std::string(999'999, 'x'));
  const std::string answer = client.read_to_end();
  EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_THAT(answer, HasSubstr(" 507 "));
  EXPECT_THAT(last_of(answer)["message"].get<std::string>(), HasSubstr("can't be stored"));
  EXPECT_TRUE(answers_frames(*practice));
}

TEST_F(AnalysisTest, a_recording_is_refused_during_a_practice) {
  serve(measure);
  const auto practice = start_practice(port());
  const std::string refusal = post("x");
  EXPECT_THAT(refusal, HasSubstr(" 409 "));
  EXPECT_THAT(last_of(refusal)["message"].get<std::string>(), HasSubstr("practice is running"));
  EXPECT_TRUE(answers_frames(*practice));
}

TEST_F(AnalysisTest, an_analysis_excludes_another_one_and_a_practice) {
  Endless endless;
  serve(endless.analyse());
  RawClient first(port());
  first.send(head(1) + "x");
  endless.wait_until_begun();
  EXPECT_THAT(post("x"), HasSubstr(" 409 "));
  PageClient tab(port());
  tab.send(kHello);
  EXPECT_EQ(tab.failure(), "busy");
}

TEST_F(AnalysisTest, an_analysis_stops_when_the_page_goes_away) {
  Endless endless;
  serve(endless.analyse());
  {
    RawClient first(port());
    first.send(head(1) + "x");
    endless.wait_until_begun();
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

TEST_F(AnalysisTest, an_analysis_stops_when_the_server_stops) {
  Endless endless;
  serve(endless.analyse());
  RawClient first(port());
  first.send(head(1) + "x");
  endless.wait_until_begun();
  stop();
  server_.reset();
  EXPECT_TRUE(lines_of(first.read_to_end()).empty());
}

TEST_F(AnalysisTest, a_slow_upload_is_dropped_and_a_practice_continues) {
  Limits limits;
  limits.request = milliseconds(300);
  serve(measure, limits);
  RawClient slow(port());
  slow.send(head(1000) + "x");
  const auto practice = start_practice(port());
  auto ended = std::async(std::launch::async, [&] { return slow.read_to_end(); });
  std::uint32_t i = 0;
  while (ended.wait_for(milliseconds(0)) != std::future_status::ready) {
    slow.send("x");
    ASSERT_TRUE(answers_frames(*practice, i++));
    ASSERT_LT(i, 900U);
  }
  EXPECT_EQ(ended.get(), "");
  EXPECT_TRUE(answers_frames(*practice, i));
}

TEST_F(AnalysisTest, an_upload_during_which_a_practice_begins_is_refused) {
  serve(measure);
  RawClient first(port());
  first.send(head(2) + "x");
  const auto practice = start_practice(port());
  first.send("y");
  EXPECT_THAT(first.read_to_end(), HasSubstr(" 409 "));
  EXPECT_TRUE(answers_frames(*practice));
}

}  // namespace
}  // namespace matside::server
