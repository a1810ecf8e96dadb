#include "batch/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "batch/table_database.h"
#include "records/sqlite/database.h"

namespace matside::batch {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

AnalysedRecording golden() {
  AnalysedRecording recording;
  recording.listed.path = "lab/kick.mp4";
  recording.listed.person = "Ada";
  recording.practice = "0123456789abcdef";
  recording.report = "results/x/report.html";
  recording.analysis = text_of(MATSIDE_SOURCE_DIR "/src/formats/golden/analysis.json");
  recording.knee_angles = "time_s,left_deg,right_deg\n0.000,10.5,\n0.033,,9.0\n";
  return recording;
}

Cell cell_in(const Table& table, const Row& row, const std::string& column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == column) return row.at(i);
  }
  ADD_FAILURE() << "no column " << column;
  return {};
}

TEST(Tables, HaveACellForEachColumnOfTheRightType) {
  const auto rows = rows_of(golden());
  ASSERT_TRUE(rows) << rows.error().message;
  const auto check = [](const Table& table, const Row& row) {
    ASSERT_EQ(row.size(), table.columns.size()) << table.name;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool absent = std::holds_alternative<std::monostate>(row[i]);
      const bool right = table.columns[i].type == ColumnType::text
                             ? std::holds_alternative<std::string>(row[i])
                         : table.columns[i].type == ColumnType::integer
                             ? std::holds_alternative<std::int64_t>(row[i])
                             : std::holds_alternative<double>(row[i]);
      EXPECT_TRUE(absent || right) << table.name << " " << table.columns[i].name;
    }
    std::set<std::string> names;
    for (const Column& column : table.columns) names.insert(column.name);
    EXPECT_THAT(names, SizeIs(table.columns.size())) << table.name;
  };
  check(practices_table(), rows.value().practice);
  ASSERT_THAT(rows.value().repetitions, SizeIs(2));
  check(repetitions_table(), rows.value().repetitions[0]);
  ASSERT_THAT(rows.value().faults, SizeIs(2)) << "one of a repetition, one of the set";
  check(faults_table(), rows.value().faults[0]);
  check(faults_table(), rows.value().faults[1]);
  ASSERT_THAT(rows.value().knee_angles, SizeIs(2));
  check(knee_angles_table(), rows.value().knee_angles[0]);
  check(failures_table(), failure_row({"a", "", "input", "is empty"}));
}

TEST(Tables, SayWhatTheResultFileSays) {
  const RecordingRows rows = rows_of(golden()).value();
  const auto of = [&](const char* column) {
    return cell_in(practices_table(), rows.practice, column);
  };
  EXPECT_EQ(of("person"), Cell("Ada"));
  EXPECT_EQ(of("level"), Cell(std::int64_t{1}));
  EXPECT_EQ(of("date"), Cell("2026-01-05T09:30:00+01:00"));
  EXPECT_EQ(of("date_from"), Cell("file"));
  EXPECT_EQ(of("recorded_s"), Cell(42.733));
  EXPECT_EQ(of("eye"), Cell(std::int64_t{1}));
  EXPECT_EQ(of("repetitions"), Cell(std::int64_t{2}));
  EXPECT_EQ(of("set_faults"), Cell("same_side_twice"));
  EXPECT_EQ(of("warnings"), Cell("camera_oblique"));
  EXPECT_EQ(of("greatest_bend_deg"), Cell(110.0));
  EXPECT_EQ(of("beat_interval_s"), Cell());
  EXPECT_EQ(of("measured_in"), Cell("picture"));
  const auto first = [&](const char* column) {
    return cell_in(repetitions_table(), rows.repetitions[0], column);
  };
  EXPECT_EQ(first("side"), Cell("left"));
  EXPECT_EQ(first("kicks"), Cell(std::int64_t{2}));
  EXPECT_EQ(first("rise_s_sd"), Cell(0.048));
  EXPECT_EQ(cell_in(faults_table(), rows.faults[0], "fault"), Cell("hips_lift"));
  EXPECT_EQ(cell_in(knee_angles_table(), rows.knee_angles[1], "side"), Cell("right"));
}

TEST(Tables, PreferTheManifestsDate) {
  AnalysedRecording recording = golden();
  recording.listed.date = "2026-02-01";
  const RecordingRows rows = rows_of(recording).value();
  EXPECT_EQ(cell_in(practices_table(), rows.practice, "date"), Cell("2026-02-01"));
  EXPECT_EQ(cell_in(practices_table(), rows.practice, "date_from"), Cell("manifest"));
}

TEST(Tables, RefuseWhatIsNoResult) {
  const std::string good = golden().analysis;
  const auto refused = [](const std::string& analysis, const std::string& angles) {
    AnalysedRecording recording = golden();
    recording.analysis = analysis;
    recording.knee_angles = angles;
    return !rows_of(recording).ok();
  };
  EXPECT_TRUE(refused("", ""));
  EXPECT_TRUE(refused("[]", ""));
  EXPECT_TRUE(refused(R"({"schema": 7})", ""));
  EXPECT_TRUE(refused(R"({"schema": "matside.analysis/1"})", ""));
  for (const char* part : {"\"repetitions\"", "\"faults\"", "\"kicks\"", "\"measures\"",
                           "\"mean\"", "\"warnings\"", "\"set_faults\""}) {
    std::string without = good;
    without.replace(without.find(part), 3, "\"x_");
    EXPECT_TRUE(refused(without, golden().knee_angles)) << part;
  }
  EXPECT_TRUE(refused(good, "time_s,left_deg,right_deg\n0,x,1\n"));
  EXPECT_FALSE(refused(good, golden().knee_angles));
}

TEST(Tables, AsCsvKeepEveryText) {
  EXPECT_EQ(csv_row({std::string("a,\"b\"\n"), std::monostate(), std::int64_t{7}, 0.1}),
            "\"a,\"\"b\"\"\n\",,7,0.1\n");
  EXPECT_EQ(csv_header(failures_table()), "path,person,kind,reason\n");
  EXPECT_THAT(csv_row(failure_row({"a\nb", "", "input", "\x1b[31m"})),
              HasSubstr("a\\u000ab,,input,\\u001b[31m"));
}

TEST(Tables, HaveTheReadingsAndPeaksOfOtherExercises) {
  AnalysedRecording recording = golden();
  auto analysis = nlohmann::json::parse(recording.analysis);
  analysis["exercise"]["id"] = "double-leg-kick";
  analysis["counts"]["both"] = 1;
  auto& first = analysis["repetitions"][0];
  first["side"] = "both";
  first["peaks"] = {{{"time_s", 1.0}, {"value", 90.0}, {"unit", "deg"}, {"leg", "left"}},
                    {{"time_s", 1.0}, {"value", 91.0}, {"unit", "deg"}, {"leg", "right"}},
                    {{"time_s", 2.0}, {"value", 92.0}, {"unit", "deg"}, {"leg", "left"}}};
  first["readings"] = {{{"id", "bend_deg"}, {"value", 91.5}, {"unit", "deg"}}};
  recording.analysis = analysis.dump();
  const auto rows = rows_of(recording);
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_EQ(cell_in(practices_table(), rows.value().practice, "both"), Cell(std::int64_t{1}));
  const Row& row = rows.value().repetitions[0];
  EXPECT_EQ(cell_in(repetitions_table(), row, "exercise"), Cell("double-leg-kick"));
  EXPECT_EQ(cell_in(repetitions_table(), row, "peaks"), Cell(std::int64_t{2}));
  ASSERT_THAT(rows.value().readings, SizeIs(1));
  EXPECT_EQ(csv_row(rows.value().readings[0]), "0123456789abcdef,1,both,bend_deg,91.5,deg\n");
  analysis["repetitions"][0]["readings"] = {1};
  recording.analysis = analysis.dump();
  EXPECT_FALSE(rows_of(recording));
}

TEST(Tables, AreDescribedInTheDocuments) {
  const std::string page = text_of(MATSIDE_SOURCE_DIR "/docs/batch.md");
  for (const Table* table : {&practices_table(), &repetitions_table(), &faults_table(),
                             &readings_table(), &knee_angles_table(), &failures_table()}) {
    for (const Column& column : table->columns) {
      if (column.name.ends_with("_sd")) continue;  // described once
      EXPECT_THAT(page, HasSubstr("`" + column.name + "`")) << table->name;
    }
  }
}

TEST(TableDatabase, HasTheRowsAndTheSameBytesEachTime) {
  const fs::path folder = fs::path(::testing::TempDir()) / "table_database";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const RecordingRows rows = rows_of(golden()).value();
  for (const char* name : {"a.sqlite", "b.sqlite"}) {
    std::ofstream(folder / name).flush();
    auto database = TableDatabase::create(folder / name);
    ASSERT_TRUE(database) << database.error().message;
    ASSERT_TRUE(database.value().add(practices_table(), rows.practice));
    for (const Row& row : rows.repetitions) {
      ASSERT_TRUE(database.value().add(repetitions_table(), row));
    }
    ASSERT_TRUE(database.value().add(failures_table(), failure_row({"x", "", "input", "y"})));
    ASSERT_TRUE(database.value().finish());
  }
  EXPECT_EQ(text_of(folder / "a.sqlite"), text_of(folder / "b.sqlite"));
  const auto read = records::sqlite::Database::connect(
      (folder / "a.sqlite").string(), records::sqlite::Access::read, "a.sqlite");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read.value().integer("SELECT count(*) FROM repetitions").value(), 2);
  EXPECT_EQ(read.value().integer("SELECT \"left\" FROM practices").value(), 1);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace matside::batch
