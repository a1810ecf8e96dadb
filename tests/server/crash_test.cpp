// The server is killed during live practices: no repetition that was reported is lost.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "records/sqlite/backup.h"
#include "records/sqlite/repository.h"
#include "tests/server/served_program.h"
#include "tests/server/server_fixture.h"
#include "tests/support/media.h"
#include "tests/support/random.h"

namespace matside::server {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string kClip = std::string(MATSIDE_SOURCE_DIR) + "/tests/data/clips/dim_15fps.mp4";
constexpr double kFps = 15.0;
constexpr std::size_t kPictures = 330;  // three or four repetitions
// Frames in flight. Two with a lighter network would exceed the rate limit.
constexpr std::size_t kAhead = 1;
// `./dev crash` asks for 200.
int kills_wanted() {
  const char* wanted = std::getenv("MATSIDE_KILLS");  // NOLINT(concurrency-mt-unsafe)
  return wanted != nullptr ? std::atoi(wanted) : 6;   // NOLINT(cert-err34-c)
}

std::vector<std::string> pictures(const support::MediaFolder& media) {
  media.make("%04d.jpg", {"-i", kClip, "-vf", "scale=320:-2", "-q:v", "4"});
  std::vector<std::string> all;
  for (int i = 1;; ++i) {
    std::string name = std::to_string(i);
    name.insert(0, 4 - name.size(), '0');
    std::ifstream in(media.path(name + ".jpg"), std::ios::binary);
    if (!in) return all;
    all.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
}

std::string hello(records::Id person, records::Id resume) {
  json message = json::parse(kHello);
  message["person"] = person;
  if (resume > 0) message["resume"] = resume;
  return message.dump();
}

/// What one connection reported until its end, or `frames_done` frames.
struct Course {
  records::Id practice = 0;
  std::size_t repetitions = 0;  ///< As reported.
  bool ended = false;
  std::string warned;
};

Course practise(PageClient& tab, const std::string& said,
                const std::vector<std::string>& pictures, std::size_t frames_done) {
  Course course;
  tab.send(said);
  std::size_t sent = 0;
  std::size_t seen = 0;
  while (seen < frames_done) {
    const json message = tab.next();
    if (message.is_null()) break;
    const std::string type = message["type"];
    EXPECT_NE(type, "failure") << message;
    if (type == "ready" && !message["practice"].is_null())
      course.practice = message["practice"];
    if (type == "repetition") ++course.repetitions;
    if (type == "warning" && message["id"] == "not_kept") course.warned = message["message"];
    if (type == "summary") course.ended = true;
    if (type == "frame_done") ++seen;
    if (type != "stage" && type != "frame_done") continue;
    while (sent < seen + kAhead && sent < pictures.size()) {
      tab.send_frame(frame(static_cast<std::uint32_t>(sent), static_cast<double>(sent) / kFps,
                           pictures[sent]));
      ++sent;
    }
    if (seen == pictures.size()) tab.send(kStop);
  }
  return course;
}

class CrashTest : public ::testing::Test {
 protected:
  void SetUp() override {
    data_ = media_.path("data").string();
    pictures_ = pictures(media_);
    ASSERT_EQ(pictures_.size(), 508U);
    pictures_.resize(kPictures);
    person_ = records()->add_person("Ada", {1'767'600'000}).value();
  }
  [[nodiscard]] std::string file() const { return data_ + "/matside.db"; }
  std::unique_ptr<records::Repository> records() const {
    auto opened = records::sqlite::open(file());
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(opened).value();
  }

  support::MediaFolder media_;
  std::string data_;
  std::vector<std::string> pictures_;
  records::Id person_ = 0;
};

TEST_F(CrashTest, loses_no_reported_repetition_and_the_practice_can_be_resumed) {
  support::Random random(1);
  records::Id practice = 0;
  std::size_t reported = 0;
  std::size_t total = 0;
  for (int kill = 0; kill < kills_wanted(); ++kill) {
    Served served(data_);
    const std::size_t seen = 1 + random.below(pictures_.size());
    PageClient tab = served.page();
    const Course course = practise(tab, hello(person_, practice), pictures_, seen);
    served.kill();  // While frames are in flight.
    ASSERT_GT(course.practice, 0);
    ASSERT_TRUE(practice == 0 || course.practice == practice);
    reported += course.repetitions;
    total += course.repetitions;
    const auto sound = records::sqlite::check(file());
    ASSERT_TRUE(sound) << kill << ": " << sound.error().message;
    const auto saved = records()->repetitions(course.practice).value();
    EXPECT_GE(saved.size(), reported) << kill;
    EXPECT_LE(saved.size(), reported + kAhead) << kill;
    const auto record = records()->practice(course.practice).value();
    EXPECT_EQ(record.ended_by.has_value(), course.ended) << kill;
    reported = saved.size();
    practice = course.practice;
    // After a few kills the practice is ended by the page, and another begins.
    if (kill % 5 == 4 && !record.ended_by) {
      Served again(data_);
      PageClient last = again.page();
      practise(last, hello(person_, practice), {pictures_[0]}, 2);
      EXPECT_TRUE(records()->practice(practice).value().ended_by);
    }
    if (records()->practice(practice).value().ended_by) practice = reported = 0;
  }
  EXPECT_GT(total, 0U);
}

TEST_F(CrashTest, continues_with_a_warning_when_the_disk_is_full) {
  const auto size = static_cast<std::uint64_t>(fs::file_size(file()));
  {
    Served served(data_, {.largest_file = size + 40'000});
    PageClient tab = served.page();
    const Course course = practise(tab, hello(person_, 0), pictures_, pictures_.size() + 1);
    EXPECT_TRUE(course.ended);
    EXPECT_GE(course.repetitions, 2U);
    EXPECT_NE(course.warned, "");
  }
  EXPECT_TRUE(records::sqlite::check(file()));
  EXPECT_EQ(records()->persons().value().size(), 1U);
}

TEST_F(CrashTest, refuses_a_second_server_on_the_same_records) {
  constexpr int kUsage = 2;
  Served served(data_);
  const std::string second =
      std::string(MATSIDE_PROGRAM) + " serve --port 0 --model lite --data " + data_;
  const int status = std::system((second + " 2>/dev/null").c_str());  // NOLINT(cert-env33-c)
  EXPECT_EQ(WEXITSTATUS(status), kUsage);
  PageClient tab = served.page();
  EXPECT_GT(practise(tab, hello(person_, 0), pictures_, 3).practice, 0);
}

}  // namespace
}  // namespace matside::server
