#include "core/base/printable_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matside::base {
namespace {

TEST(PrintableText, KeepsWhatPeopleWrite) {
  for (const char* text :
       {"", "Ada", "Zoë Nuñez", "Юлия", "美咲", "مريم", "שרה", "clip (1).mp4", "\U0001F9D8"}) {
    EXPECT_TRUE(is_visible(text)) << text;
    EXPECT_EQ(printable_line(text), text);
    EXPECT_EQ(printable_text(text), text);
  }
}

TEST(PrintableText, EscapesWhatATerminalObeys) {
  EXPECT_EQ(printable_line("\x1b]0;owned\a"), "\\u001b]0;owned\\u0007");
  EXPECT_EQ(printable_line("\x1b[2J\x7f"), "\\u001b[2J\\u007f");
  EXPECT_EQ(printable_line("\xc2\x9b"
                           "31m"),
            "\\u009b31m");
  EXPECT_EQ(printable_line("\x9b"
                           "31m"),
            "\\x9b31m");
  EXPECT_EQ(printable_line(std::string_view("a\0b", 3)), "a\\u0000b");
  EXPECT_EQ(printable_line("one\ntwo\tthree\r\n"), "one\\u000atwo\\u0009three\\u000d\\u000a");
}

TEST(PrintableText, EscapesWhatReordersOrHidesText) {
  EXPECT_EQ(printable_line("fdp\u202e.exe"), "fdp\\u202e.exe");
  EXPECT_EQ(printable_line("A\u200bda"), "A\\u200bda");
  EXPECT_EQ(printable_line("\ufeffAda\u2066\u2069"), "\\ufeffAda\\u2066\\u2069");
  EXPECT_EQ(printable_line("a\u2028b"), "a\\u2028b");
  EXPECT_EQ(printable_line("\U000E0041"), "\\udb40\\udc41");
}

TEST(PrintableText, EscapesBytesThatAreNotUtf8) {
  EXPECT_EQ(printable_line("\xff"), "\\xff");
  EXPECT_EQ(printable_line("caf\xe9"), "caf\\xe9");              // cut off
  EXPECT_EQ(printable_line("\xc0\x9b"), "\\xc0\\x9b");           // overlong
  EXPECT_EQ(printable_line("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
  EXPECT_EQ(printable_line("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
  EXPECT_FALSE(is_visible("\xe2\x80"));
}

TEST(PrintableText, KeepsTheLayoutOfSeveralLines) {
  EXPECT_EQ(printable_text("a\tb\nc\r\nd"), "a\tb\nc\r\nd");
  EXPECT_EQ(printable_text("safe\rover\x1b[A"), "safe\\u000dover\\u001b[A");
}

}  // namespace
}  // namespace matside::base
