#include "batch/recording_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace matside::batch {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kHighestLevel = 3;

std::string manifest_error(const std::string& text) {
  const auto read = read_manifest(text, "m.csv", "lab", kHighestLevel);
  return read ? "was read" : read.error().message;
}

TEST(Manifest, SaysWhatIsKnownOfEachRecording) {
  const auto read = read_manifest(
      "\xEF\xBB\xBFnote;person;path;date;level;height_m\r\n"
      "\"a; \"\"b\"\"\";Ada;kick.mp4;2026-01-05T09:30+01:00;2;1.72\r\n"
      ";;/far/away.csv;;;\r\n",
      "m.csv", "lab", kHighestLevel);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read.value().size(), 2U);
  const ListedRecording& first = read.value()[0];
  EXPECT_EQ(first.path, "lab/kick.mp4");
  EXPECT_EQ(first.person, "Ada");
  EXPECT_EQ(first.level, 2);
  EXPECT_EQ(first.date, "2026-01-05T09:30+01:00");
  EXPECT_EQ(first.height_m, 1.72);
  EXPECT_EQ(first.note, "a; \"b\"");
  EXPECT_EQ(read.value()[1].path, "/far/away.csv");
  EXPECT_FALSE(read.value()[1].level);
}

TEST(Manifest, NamesTheErrorAndItsPlace) {
  EXPECT_THAT(manifest_error("person\nAda\n"), HasSubstr("the column path is missing"));
  EXPECT_THAT(manifest_error("path,age\na,7\n"), HasSubstr("line 1, column 2: \"age\""));
  EXPECT_THAT(manifest_error("path,path\na,b\n"), HasSubstr("column path is there twice"));
  EXPECT_THAT(manifest_error("path,level\na,1\n,1\n"),
              HasSubstr("line 3, column 1: path is empty"));
  EXPECT_THAT(manifest_error("path,level\na,4\n"), HasSubstr("level must be from 0 to 3"));
  EXPECT_THAT(manifest_error("path,level\na,1.5\n"), HasSubstr("level must be a whole number"));
  EXPECT_THAT(manifest_error("path,level\na,x\n"), HasSubstr("is not a number"));
  EXPECT_THAT(manifest_error("path,date\na,5.1.2026\n"), HasSubstr("date must be a date"));
  EXPECT_THAT(manifest_error("path,height_m\na,172\n"), HasSubstr("height_m must be from 0.5"));
  EXPECT_THAT(manifest_error("path,person\na,\"A\x1b[31m\"\n"),
              HasSubstr("person has characters that can't be shown"));
  EXPECT_THAT(manifest_error("path,note\na," + std::string(1001, 'x') + "\n"),
              HasSubstr("note is longer than 1000 bytes"));
  EXPECT_THAT(manifest_error("path\na,b,c,d,e,f,g\n"), HasSubstr("too many cells"));
  EXPECT_THAT(manifest_error("path\n\"a\n"), ::testing::Not(HasSubstr("terminate")));
}

TEST(Manifest, IsKnownByItsColumnPath) {
  EXPECT_TRUE(is_manifest("person,path\nAda,a.mp4\n"));
  EXPECT_TRUE(is_manifest("\xEF\xBB\xBFpath\r\n"));
  EXPECT_FALSE(is_manifest("frame,t_s,nose_x\n0,0,1\n"));
  EXPECT_FALSE(is_manifest(""));
  EXPECT_FALSE(is_manifest("frame\npath\n"));
}

/// A folder with recordings, in which the test runs.
class RecordingListTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    for (const char* name :
         {"lab/b.mp4", "lab/a.MOV", "lab/deep/er/c.csv", "lab/notes.doc", "lab/.hidden.mp4",
          "lab/poses/x_000000000001_keypoints.json", "lab/poses/x_000000000000_keypoints.json",
          "data/results/d.json"}) {
      fs::create_directories((folder_ / name).parent_path());
      std::ofstream(folder_ / name) << "x";
    }
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// The paths below the folder.
  [[nodiscard]] std::vector<std::string> listed(const std::vector<std::string>& inputs) const {
    std::vector<std::string> all;
    for (const std::string& input : inputs) all.push_back((folder_ / input).string());
    const auto found = list_recordings(all, folder_ / "data", kHighestLevel);
    std::vector<std::string> paths;
    if (!found) return {found.error().message};
    for (const ListedRecording& each : found.value()) {
      paths.push_back(each.path.lexically_relative(folder_).string());
    }
    return paths;
  }

  fs::path folder_;
};

TEST_F(RecordingListTest, HasEveryVideoAndPoseFileOfAFolderSorted) {
  EXPECT_THAT(listed({"lab"}),
              ElementsAre("lab/a.MOV", "lab/b.mp4", "lab/deep/er/c.csv", "lab/poses"));
}

TEST_F(RecordingListTest, LeavesTheDatasetOut) {
  EXPECT_THAT(listed({""}),
              ElementsAre("lab/a.MOV", "lab/b.mp4", "lab/deep/er/c.csv", "lab/poses"));
}

TEST_F(RecordingListTest, HasEachPathOnceAndWhatAPatternMatches) {
  EXPECT_THAT(listed({"lab/b.mp4", "lab/*.mp4", "lab/notes.doc"}),
              ElementsAre("lab/b.mp4", "lab/notes.doc"));
  EXPECT_THAT(listed({"lab/*.avi"}), ElementsAre(HasSubstr("no name matches it")));
  EXPECT_THAT(listed({"nothing"}), ElementsAre(HasSubstr("no such file or folder")));
  EXPECT_THAT(listed({"data"}), ElementsAre(HasSubstr("has no recording")));
}

TEST_F(RecordingListTest, DoesNotFollowLinksToFolders) {
  fs::create_directory_symlink(folder_ / "lab", folder_ / "lab/deep/loop");
  EXPECT_EQ(listed({"lab"}).size(), 4U);
}

TEST_F(RecordingListTest, ReadsAManifestAmongTheInputs) {
  std::ofstream(folder_ / "lab/list.csv") << "path,person\nb.mp4,Ada\ngone.mp4,Bo\n";
  EXPECT_THAT(listed({"lab/list.csv"}), ElementsAre("lab/b.mp4", "lab/gone.mp4"));
}

}  // namespace
}  // namespace matside::batch
