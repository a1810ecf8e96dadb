// Small files of other programs, and the errors of invalid ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/coco.h"
#include "formats/delimited_text.h"
#include "formats/generic_pose_table.h"
#include "formats/marker_names.h"
#include "formats/mediapipe.h"
#include "formats/openpose.h"
#include "formats/pose_columns.h"
#include "formats/pose_file.h"
#include "formats/trc.h"

namespace matside::formats {
namespace {

using pose::Landmark;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const PoseHints kHints{base::ImageSize{640, 360}, 25.0};

std::string error_of(const base::Result<ImportedPoses>& read) {
  return read ? "read" : read.error().message;
}

TEST(DelimitedText, ReadsQuotesAndCrLfAndNumbersItsLines) {
  std::vector<std::string> seen;
  const std::string text = "\xEF\xBB\xBFname,x\r\n\r\n\"a, \"\"b\"\"\", 1.5 \r\nc,nan";
  const auto read = read_rows(text, ',', "t", [&](const TableRow& row) -> base::Result<void> {
    seen.push_back(std::to_string(row.line()) + ":" + std::string(row.at(0)) + "|" +
                   std::string(row.at(1)) + "|" + std::string(row.at(2)));
    return {};
  });
  EXPECT_TRUE(read.ok());
  EXPECT_THAT(seen, ElementsAre("1:name|x|", "3:a, \"b\"|1.5|", "4:c|nan|"));
}

TEST(PoseFile, OfDeepJsonIsRefusedInEveryFormat) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  for (const std::string key : {"people", "annotations", "landmarks", "frames"}) {
    const std::string member = "{\"" + key + "\":" + deep + "}";
    EXPECT_THAT(error_of(read_coco(member, "c", kHints)), HasSubstr("is nested deeper than"));
    EXPECT_THAT(error_of(read_mediapipe(member, "m", kHints)),
                HasSubstr("is nested deeper than"));
    EXPECT_THAT(OpenPoseReader(kHints).take(0, member, "o").error().message,
                HasSubstr("is nested deeper than"));
  }
}

TEST(PoseFile, OfMillionsOfTinyValuesIsRefusedBeforeTheyAreBuilt) {
  std::string zeros(40'000'002, ',');
  for (std::size_t i = 1; i < zeros.size(); i += 2) zeros[i] = '0';
  zeros.front() = '[';
  zeros.push_back(']');
  EXPECT_THAT(error_of(read_coco(zeros, "c", kHints)), HasSubstr("has more than 20000000"));
#ifndef MATSIDE_SANITIZED  // the same code counts them, for a minute each
  EXPECT_THAT(error_of(read_mediapipe(zeros, "m", kHints)),
              HasSubstr("has more than 20000000"));
  EXPECT_THAT(OpenPoseReader(kHints).take(0, zeros, "o").error().message,
              HasSubstr("has more than 20000000"));
#endif
}

TEST(PoseFile, OfMoreFramesThanFourHoursIsRefused) {
  std::string table = "frame,timestamp_ms,nose_x,nose_y\n";
  for (int i = 0; i <= 400'000; ++i) {
    table += std::to_string(i) + "," + std::to_string(33 * i) + ",1,1\n";
  }
  EXPECT_THAT(error_of(read_pose_table(table, "t.csv", kHints)),
              HasSubstr("has more than 400000 frames"));
}

TEST(DelimitedText, ReadsNumbersAndMissingValuesAndRefusesOthers) {
  const std::string name = "t.csv";
  TableRow row(name, 7);
  row.fields() = {"1e-3", "", "NaN", "1,5", "inf", "+2", "0x10"};
  EXPECT_EQ(row.number(0, "x").value(), 0.001);
  EXPECT_EQ(row.number(1, "x").value(), std::nullopt);
  EXPECT_EQ(row.number(2, "x").value(), std::nullopt);
  EXPECT_EQ(row.number(3, "RKnee X").error().message,
            "t.csv: line 7, column 4: RKnee X: \"1,5\" is not a number; decimals need a point, "
            "not a comma");
  EXPECT_FALSE(row.number(4, "x").ok());
  EXPECT_EQ(row.number(5, "x").value(), 2.0);
  EXPECT_FALSE(row.number(6, "x").ok());
  EXPECT_EQ(row.number(99, "x").value(), std::nullopt);
}

TEST(PoseColumns, AreRecognisedInManySpellings) {
  using Quantity = PoseColumn::Quantity;
  const auto columns =
      pose_columns({"Frame Number", "timestamp_ms", "LEFT_KNEE.x", "y_left_knee", "leftKnee_v",
                    "x25", "landmark_25_y", "left_ankle_x_px", "image width",
                    "left_knee_flexion_sd_deg", "class", ""});
  std::vector<Quantity> quantity;
  for (const PoseColumn& c : columns) quantity.push_back(c.quantity);
  EXPECT_THAT(quantity, ElementsAre(Quantity::frame, Quantity::time, Quantity::x, Quantity::y,
                                    Quantity::score, Quantity::x, Quantity::y, Quantity::x,
                                    Quantity::width, Quantity::knee_deviation, Quantity::other,
                                    Quantity::other));
  EXPECT_EQ(columns[1].seconds, 1e-3);
  for (const int same : {2, 3, 4}) {
    EXPECT_EQ(parse_landmark(columns[static_cast<std::size_t>(same)].joint, 0),
              Landmark::left_knee);
  }
  EXPECT_EQ(parse_landmark(columns[5].joint, 0), Landmark::left_knee);
  EXPECT_EQ(parse_landmark(columns[6].joint, 1), Landmark::right_hip);
  EXPECT_TRUE(columns[7].in_pixels);
  EXPECT_EQ(parse_landmark("left_tail", 0), std::nullopt);
  EXPECT_EQ(parse_landmark("33", 0), std::nullopt);
}

TEST(GenericPoseTable, RecognisesPixelsAndShares) {
  for (const std::string row : {"3,0.5,320,90,0.7", "3,0.5,0.5,0.25,0.7"}) {
    const auto read = read_pose_table(
        "frame,time_s,left_knee_x,left_knee_y,left_knee_score\n" + row + "\n", "t.csv", kHints);
    ASSERT_TRUE(read.ok()) << error_of(read);
    const pose::PoseFrame& frame = read.value().frames.at(0);
    EXPECT_EQ(frame.frame_index, 3);
    EXPECT_EQ(frame.time.value(), 0.5);
    const pose::Keypoint& knee = (*frame.pose)[Landmark::left_knee];
    EXPECT_EQ(knee.position.x_px, 320.0);
    EXPECT_EQ(knee.position.y_px, 90.0);
    EXPECT_EQ(knee.score, 0.7);
    EXPECT_FALSE(pose::is_present((*frame.pose)[Landmark::right_knee]));
  }
}

TEST(GenericPoseTable, NamesTheErrorAndItsPlace) {
  const auto error = [](const std::string& text) {
    return error_of(read_pose_table(text, "t.csv", kHints));
  };
  EXPECT_EQ(error(""), "t.csv: is empty");
  EXPECT_THAT(error("a,b\n1,2\n"),
              StartsWith("t.csv: line 1: no column is named after a joint"));
  EXPECT_THAT(error("time,x0,y0\n0,1\n0,2,3,4\n"),
              StartsWith("t.csv: line 3: 4 fields, but the header has 3 columns"));
  EXPECT_THAT(error("time,x0,y0\n0,1,soon\n"),
              StartsWith("t.csv: line 2, column 3: y0: \"soon\" is not a number"));
  EXPECT_THAT(error("time,x0,y0\n1,1,1\n1,1,1\n"), HasSubstr("t.csv: line 3: 1 s follows 1 s"));
  EXPECT_THAT(error("frame,x0,y0\n-1e30,1,1\n"),
              HasSubstr("t.csv: line 2: -1e+30 is not a valid frame number"));
  EXPECT_THAT(error("time,x0,y0\n-3,1,1\n"), HasSubstr("the time -3 s is out of range"));
  EXPECT_THAT(error("time,x0,y0\n0,1e9,1\n"), HasSubstr("nose is far outside any picture"));
}

TEST(OpenPose, NamesTheErrorAndItsPlace) {
  OpenPoseReader reader(kHints);
  EXPECT_TRUE(reader.take(0, R"({"people":[]})", "a.json").ok());
  EXPECT_FALSE(reader.poses().frames.at(0).pose.has_value());
  const auto error = [&](const std::string& text) {
    const auto taken = reader.take(1, text, "b.json");
    return taken ? "taken" : taken.error().message;
  };
  EXPECT_EQ(error("{"), "b.json: not valid JSON at line 1, column 1");
  EXPECT_EQ(error("{}"), "b.json: key \"people\" is missing");
  EXPECT_EQ(error(R"({"people":[{"pose_keypoints_2d":[1,2]}]})"),
            "b.json: /people/0/pose_keypoints_2d: has 2 numbers; openpose-body-25 needs three "
            "for each of its 25 joints");
  EXPECT_EQ(error(R"({"people":[{"pose_keypoints_2d":[1,null]}]})"),
            "b.json: /people/0/pose_keypoints_2d/1: must be a number");
  EXPECT_EQ(openpose_frame("clip_000000000012_keypoints.json"), 12);
  EXPECT_EQ(openpose_frame("keypoints.json"), std::nullopt);
  EXPECT_EQ(openpose_frame("x_99999999999999999999_keypoints.json"), std::nullopt);
  EXPECT_EQ(openpose_file_name("clip", 12), "clip_000000000012_keypoints.json");
}

TEST(Coco, NamesTheErrorAndItsPlace) {
  const auto error = [](const std::string& text) {
    return error_of(read_coco(text, "c.json", kHints));
  };
  EXPECT_EQ(error(R"([{"image_id":"picture","keypoints":[]}])"),
            "c.json: /0/image_id: has no number to sort by");
  EXPECT_EQ(error(R"([{"image_id":1.5,"keypoints":[]}])"),
            "c.json: /0/image_id: must be a whole number");
  EXPECT_THAT(error(R"([{"image_id":1,"keypoints":[1,2,3]}])"),
              HasSubstr("coco-17 needs three for each of its 17 joints"));
  EXPECT_EQ(error(R"({"images":[{"id":1,"width":0,"height":2}],"annotations":[]})"),
            "c.json: /images/0/width: must be a whole number from 1 to 100000");
}

TEST(MediaPipe, ReadsEachOfItsVariants) {
  const std::string point = R"({"x":0.5,"y":0.25,"visibility":0.8})";
  for (const std::string& landmarks :
       {"[" + point + "]", "[[" + point + "]]", R"({"landmark":[)" + point + "]}",
        R"([{"landmarks":[)" + point + "]}]"}) {
    for (const std::string key : {"landmarks", "pose_landmarks", "poseLandmarks"}) {
      const auto read = read_mediapipe(R"({"width":640,"height":360,"fps":25,"frames":[{")" +
                                           key + "\":" + landmarks + "}]}",
                                       "m.json", {});
      ASSERT_TRUE(read.ok()) << error_of(read);
      const pose::Keypoint& nose = (*read.value().frames.at(0).pose)[Landmark::nose];
      EXPECT_EQ(nose.position.x_px, 320.0);
      EXPECT_EQ(nose.position.y_px, 90.0);
      EXPECT_EQ(nose.score, 0.8);
    }
  }
}

TEST(MediaPipe, NamesTheErrorAndItsPlace) {
  const auto error = [](const std::string& text) {
    return error_of(read_mediapipe(text, "m.json", kHints));
  };
  EXPECT_EQ(error(R"([{"landmarks":[{"x":0.5}]}])"),
            "m.json: /0/landmarks/0: key \"y\" is missing");
  EXPECT_THAT(error(R"([{"landmarks":[[[[[[{"x":0}]]]]]]}])"), HasSubstr("list of landmarks"));
  EXPECT_EQ(error(R"([{"landmarks":[{"name":"tail","x":0,"y":0}]}])"),
            "m.json: /0/landmarks/0/name: is not a MediaPipe landmark");
}

TEST(Trc, NamesTheErrorAndItsPlace) {
  const std::string header = "PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tNumMarkers\n";
  const auto error = [](const std::string& text) {
    return error_of(read_trc(text, "a.trc", {}));
  };
  EXPECT_THAT(error("PathFile\n"),
              HasSubstr("line 1: a TRC file must begin with PathFileType"));
  EXPECT_THAT(error(header + "30\tmany\n"),
              HasSubstr("line 3, column 2: NumMarkers: \"many\""));
  EXPECT_THAT(error(header + "30\t-2\n"), HasSubstr("NumMarkers must be from 1 to 2000"));
  EXPECT_THAT(error(header + "30\t2\nFrame#\tTime\tA\n"),
              HasSubstr("line 4: 1 markers, but NumMarkers is 2"));
  EXPECT_THAT(error(header + "30\t2\nFrame#\tTime\tA\t\t\tA\n"),
              HasSubstr("line 4, column 6: the marker \"A\" appears twice"));
  const std::string body =
      header + "30\t4\nFrame#\tTime\tRShoulder\t\t\tRHip\t\t\tRKnee\t\t\tRAnkle\n\t\tX1\n";
  EXPECT_EQ(error(body), "a.trc: ends before its first frame");
  EXPECT_THAT(error(body + "1\t0\t1\t1\t1\t2\t1\t1\n1\t\t1\n"),
              HasSubstr("line 7: Frame# and Time are required"));
  EXPECT_THAT(error(body + "1\t0\t1\t1\t1\t\t\t\n"),
              HasSubstr("no frame has both hips and shoulders"));
}

TEST(Trc, ListsUnknownMarkersOnOneLine) {
  std::string names = "\"Odd\n\x1bname\"";
  for (int i = 1; i < 80; ++i) {
    names += "\t\t\tM" + std::to_string(i);
  }
  const std::string text =
      "PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tNumMarkers\n30\t80\nFrame#\tTime\t" + names +
      "\n\t\tX1\n1\t0\t1\t1\t1\n";
  const std::string error = error_of(read_trc(text, "a.trc", {}));
  EXPECT_THAT(error, HasSubstr(R"(The markers are Odd\u000a\u001bname, M1, M2, )"));
  EXPECT_TRUE(error.ends_with(", M59 and more")) << error;
}

TEST(MarkerNames, AreFoundByUsualNamesAndByTheTable) {
  const std::vector<std::string> markers{"Subject:RKNE", "knee_l", "RightHeel", "A", "B"};
  const auto places =
      markers_by_landmark(markers, {{"A", Landmark::left_hip}, {"B", Landmark::left_hip}});
  EXPECT_THAT(places[pose::index(Landmark::right_knee)], ElementsAre(0));
  EXPECT_THAT(places[pose::index(Landmark::left_knee)], ElementsAre(1));
  EXPECT_THAT(places[pose::index(Landmark::right_heel)], ElementsAre(2));
  EXPECT_THAT(places[pose::index(Landmark::left_hip)], ElementsAre(3, 4));
  EXPECT_TRUE(places[pose::index(Landmark::nose)].empty());
  EXPECT_THAT(read_marker_table("A;nose\nA;nose\n", "m.csv").error().message,
              HasSubstr("m.csv: line 2, column 1: the marker \"A\" is named twice"));
  EXPECT_THAT(read_marker_table("A,tail\n", "m.csv").error().message,
              HasSubstr("m.csv: line 1, column 2: \"tail\" is not a landmark"));
}

TEST(PoseFile, RecognisesFormatsByTheirBeginning) {
  EXPECT_EQ(pose_format_of("PathFileType\t4"), PoseFormat::trc);
  EXPECT_EQ(pose_format_of("frame,t_s,nose_x,nose_y"), PoseFormat::matside_table);
  EXPECT_EQ(pose_format_of("matside.poses/1\n..."), PoseFormat::matside_binary);
  EXPECT_EQ(pose_format_of("class,x1,y1\n1,2,3"), PoseFormat::table);
  EXPECT_EQ(pose_format_of(R"(  {"people":[]})"), PoseFormat::openpose);
  EXPECT_EQ(pose_format_of(R"([{"image_id":1,"keypoints":[]}])"), PoseFormat::coco);
  EXPECT_EQ(pose_format_of(R"([{"landmarks":[]}])"), PoseFormat::mediapipe);
  EXPECT_EQ(pose_format_of(R"({"schema":"matside.analysis/1"})"), std::nullopt);
  EXPECT_EQ(pose_format_of(std::string("\0\0\0\x20"
                                       "ftypisom,",
                                       13)),
            std::nullopt);
  EXPECT_THAT(error_of(read_pose_file("{}", "x.json", {})),
              StartsWith("x.json: is not a pose file that Matside can read"));
}

}  // namespace
}  // namespace matside::formats
