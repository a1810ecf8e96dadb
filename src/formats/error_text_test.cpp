// Whatever a foreign file contains, an error about it is one line that a terminal shows as it
// is.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "core/base/printable_text.h"
#include "formats/generic_pose_table.h"
#include "formats/knee_measurement.h"
#include "formats/marker_names.h"
#include "formats/pose_file.h"
#include "tests/support/c3d_writer.h"

namespace matside::formats {
namespace {

const PoseFileHints kLaboratoryHints{{base::ImageSize{640, 360}, 25.0}, {}};

/// A file with the text in it, and how it is read.
struct ForeignText {
  const char* name;
  std::function<std::string(const std::string&)> file;
  std::string (*error_of)(const std::string&);
};

template <class Read>
std::string error_in(const Read& read) {
  return read ? "was read" : read.error().message;
}
std::string as_poses(const std::string& text) {
  return error_in(read_pose_file(text, "file", kLaboratoryHints));
}
std::string as_table(const std::string& text) {
  return error_in(read_pose_table(text, "file", kLaboratoryHints.poses));
}
std::string as_markers(const std::string& text) {
  return error_in(read_marker_table(text, "file"));
}
std::string as_knees(const std::string& text) {
  return error_in(read_knee_measurements(text, "file"));
}

std::string in_double_quotes(const std::string& text) { return "\"" + text + "\""; }

std::vector<ForeignText> foreign_texts() {
  const std::string trc = "PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tNumMarkers\n30\t";
  return {
      {"a table's cell",
       [](const std::string& t) {
         return "time_s,left_knee_x,left_knee_y\n0," + in_double_quotes(t) + ",1\n";
       },
       as_poses},
      {"a table's column",
       [](const std::string& t) {
         return "time_s,left_knee_x," + in_double_quotes(t + "_x") + "\n0,1,?\n";
       },
       as_table},
      {"a marker of a TRC",
       [=](const std::string& t) {
         return trc + "1\nFrame#\tTime\t" + in_double_quotes(t) + "\t\t\n1\t0\t1\t1\t1\n";
       },
       as_poses},
      {"a marker of a TRC twice",
       [=](const std::string& t) {
         return trc + "2\nFrame#\tTime\t" + in_double_quotes(t) + "\t\t\t" +
                in_double_quotes(t) + "\n";
       },
       as_poses},
      {"a label of a C3D",
       [](const std::string& t) { return support::c3d_bytes({}, {t}, {{std::nullopt}}); },
       as_poses},
      {"a joint of DeepLabCut",
       [](const std::string& t) {
         const std::string joint = in_double_quotes(t);
         return "scorer,D,D\nbodyparts," + joint + "," + joint + "\ncoords,x,y\n0,1,1\n";
       },
       as_poses},
      {"a joint of SLEAP",
       [](const std::string& t) {
         const std::string joint =
             in_double_quotes(t + ".x") + "," + in_double_quotes(t + ".y");
         return "track,frame_idx,instance.score," + joint + "\na,0,1,1,1\n";
       },
       as_poses},
      {"a table of markers",
       [](const std::string& t) { return "A," + in_double_quotes(t) + "\n"; }, as_markers},
      {"a table of markers, twice",
       [](const std::string& t) {
         const std::string row = in_double_quotes(t) + ",left_knee\n";
         return row + row;
       },
       as_markers},
      {"a table of angles",
       [](const std::string& t) {
         return "time_s,side,knee_flexion_deg\n0,left," + in_double_quotes(t) + "\n";
       },
       as_knees},
      {"a motion",
       [](const std::string& t) { return "endheader\ntime\tknee_angle_l\n0\t" + t + "\n"; },
       as_knees},
  };
}

TEST(ErrorText, IsOneLineThatIsShownAsItIs) {
  // Escape, delete, a C1 control, an override of the direction, half a character, line breaks.
  for (const char* text : {"\x1b[2J", "a\x7f", "a\xc2\x9b", "a\xe2\x80\xae", "a\xc3", "a\rb"}) {
    for (const ForeignText& each : foreign_texts()) {
      SCOPED_TRACE(each.name);
      const std::string error = each.error_of(each.file(text));
      EXPECT_TRUE(error.starts_with("file: ")) << error;
      EXPECT_TRUE(base::is_visible(error)) << base::printable_line(error);
      EXPECT_NE(error.find('\\'), std::string::npos) << error << " doesn't show the text";
    }
  }
}

TEST(ErrorText, ShowsALineBreakWithinAField) {
  const std::string table = "time_s,left_knee_x,left_knee_y\n0,\"a\nb\",1\n";
  EXPECT_EQ(as_poses(table).find('\n'), std::string::npos);
  EXPECT_NE(as_poses(table).find(R"("a\u000ab" is not a number)"), std::string::npos);
}

TEST(ErrorText, OfJsonShowsItsKeysAsTheyAre) {
  for (const char* key : {R"(a\n)", R"(a\u001b)", "a\x7f", "a\xc2\x9b", "a\xe2\x80\xae"}) {
    const std::string member = "\"" + std::string(key) + "\":1,";
    const std::string error = as_poses("{" + member + member + "\"people\":[]}");
    EXPECT_NE(error.find("appears twice"), std::string::npos) << error;
    EXPECT_TRUE(base::is_visible(error)) << base::printable_line(error);
  }
}

}  // namespace
}  // namespace matside::formats
