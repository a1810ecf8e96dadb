#include "vision/decoder/container_layout.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/media.h"

namespace matside::decoder {
namespace {

using namespace std::string_literals;

ContainerLayout layout_of(const std::string& bytes) {
  const support::MediaFolder media;
  const auto file = media::FileSource::open(media.write("file", bytes));
  EXPECT_TRUE(file.ok());
  return read_container_layout(file.value());
}

bool cut_off(const std::string& bytes) { return layout_of(bytes).cut_off(bytes.size()); }

std::string box(const std::string& type, const std::string& content) {
  const auto size = static_cast<char>(content.size() + 8);
  return "\0\0\0"s + size + type + content;
}

const std::string kStart = box("ftyp", "isom\0\0\2\0"s);

TEST(ContainerLayout, boxes_that_end_inside_the_file_are_complete) {
  EXPECT_FALSE(cut_off(kStart + box("moov", "abcd") + box("mdat", "abcdefgh")));
  EXPECT_FALSE(layout_of(kStart + box("moov", "abcd") + box("mdat", "abcd")).index_missing);
}

TEST(ContainerLayout, a_media_box_that_ends_beyond_the_file_is_truncated) {
  const std::string whole = kStart + box("moov", "abcd") + box("mdat", "abcdefgh");
  EXPECT_TRUE(cut_off(whole.substr(0, whole.size() - 1)));
  EXPECT_EQ(layout_of(whole).declared_bytes, whole.size());
}

TEST(ContainerLayout, a_box_that_extends_to_the_end_of_the_file_is_complete) {
  EXPECT_FALSE(cut_off(kStart + box("moov", "abcd") + "\0\0\0\0mdatabcdefgh"s));
}

TEST(ContainerLayout, a_box_with_a_64_bit_size_is_measured) {
  const std::string open = kStart + box("moov", "abcd") + "\0\0\0\1mdat\0\0\0\0\0\0\0\x14"s;
  EXPECT_FALSE(cut_off(open + "abcd"));
  EXPECT_TRUE(cut_off(open + "abc"));
}

TEST(ContainerLayout, a_missing_or_unfinished_index_is_reported) {
  EXPECT_TRUE(layout_of(kStart + box("mdat", "abcdefgh")).index_missing);
  const std::string whole = kStart + box("mdat", "abcdefgh") + box("moov", "abcdefgh");
  EXPECT_FALSE(layout_of(whole).index_missing);
  EXPECT_TRUE(layout_of(whole.substr(0, whole.size() - 2)).index_missing);
}

TEST(ContainerLayout, bytes_after_the_boxes_are_ignored) {
  const std::string whole = kStart + box("moov", "abcd") + box("mdat", "abcdefgh");
  EXPECT_FALSE(cut_off(whole + "\x7f\x7f\x7f\x7f" + "junk"));
  EXPECT_FALSE(cut_off(whole + "\0\0\0"s));
  EXPECT_FALSE(cut_off(whole + std::string(64, '\0')));
}

TEST(ContainerLayout, a_matroska_segment_has_a_known_or_unknown_size) {
  const std::string header = "\x1A\x45\xDF\xA3\x84" + "abcd"s + "\x18\x53\x80\x67";
  EXPECT_FALSE(cut_off(header + "\x88" + "abcdefgh"));
  EXPECT_TRUE(cut_off(header + "\x88" + "abcdefg"));
  EXPECT_FALSE(cut_off(header + "\xFF" + "abcdefg"));
  EXPECT_FALSE(cut_off(header + "\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF" + "abcdefg"));
}

TEST(ContainerLayout, an_avi_list_declares_its_size) {
  EXPECT_FALSE(cut_off("RIFF\x0C\0\0\0AVI abcdefgh"s));
  EXPECT_TRUE(cut_off("RIFF\x0D\0\0\0AVI abcdefgh"s));
  EXPECT_FALSE(cut_off("RIFF\x0D\0\0\0WAVEabcdefgh"s));
}

TEST(ContainerLayout, a_transport_stream_consists_of_complete_packets) {
  const std::string packet = "G" + std::string(187, 'x');
  EXPECT_FALSE(cut_off(packet + packet));
  EXPECT_TRUE(cut_off(packet + packet.substr(0, 100)));
}

TEST(ContainerLayout, a_jpeg_ends_with_its_end_marker_not_with_that_of_a_thumbnail) {
  const std::string thumbnail = "\xFF\xE1\x00\x0A"s + "\xFF\xD8\xFF\xDB" + "ab" + "\xFF\xD9";
  const std::string frame = "\xFF\xC0\x00\x0B\x08\x00\x30\x00\x40"s + "abcd";
  const std::string start = "\xFF\xD8" + thumbnail + frame + "\xFF\xDA" + "pixels";
  EXPECT_TRUE(cut_off(start));
  EXPECT_FALSE(cut_off(start + "\xFF\xD9"));
  EXPECT_FALSE(cut_off(start + "\xFF\xD9" + "a maker's note"));
  EXPECT_TRUE(cut_off(start + "\xFF\xD9" + "\xFF\xD8\xFF\xDA" + "next"));
  const auto size = layout_of(start).photo_size;
  ASSERT_TRUE(size.has_value());
  EXPECT_EQ(size->width_px, 64);
  EXPECT_EQ(size->height_px, 48);
}

TEST(ContainerLayout, a_gif_ends_with_its_trailer_and_an_ogg_stream_with_its_last_page) {
  EXPECT_FALSE(cut_off("GIF89a and what it holds;"));
  EXPECT_TRUE(cut_off("GIF89a and what it holds"));
  const std::string page = "OggS\0"s + "\2" + "a page of sixteen";
  EXPECT_TRUE(cut_off(page));
  EXPECT_FALSE(cut_off(page + "OggS\0"s + "\4" + "the last page"));
}

TEST(ContainerLayout, other_files_have_an_empty_layout) {
  EXPECT_FALSE(layout_of("hello").declared_bytes.has_value());
  EXPECT_FALSE(layout_of(std::string(300, 'G') + "x").index_missing);
  EXPECT_FALSE(layout_of(std::string(300, '\0')).declared_bytes.has_value());
}

}  // namespace
}  // namespace matside::decoder
