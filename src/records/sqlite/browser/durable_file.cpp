#include "records/sqlite/durable_file.h"

#include "records/sqlite/browser/page_files.h"

namespace matside::records::sqlite {
namespace {

base::Error cannot(const std::string& file, PageFileStatus status, const char* what) {
  const bool full = status == PageFileStatus::full;
  return {base::ErrorKind::output,
          file + ": " + (full ? "the disk is full; what was saved before is safe" : what)};
}

std::uint32_t length_of(const std::string& text) {
  return static_cast<std::uint32_t>(text.size());
}

bool exists(const std::string& file) {
  const std::string name = absolute_name(file);
  return page_file_exists(name.data(), length_of(name)) != 0;
}

}  // namespace

FileKind kind_of(const std::string& path) {
  return exists(path) ? FileKind::file : FileKind::absent;
}

bool is_name_taken(const std::string& path) { return exists(path); }

bool is_same_file(const std::string& one, const std::string& other) {
  return absolute_name(one) == absolute_name(other);
}

std::uint64_t size_of(const std::string& file) {
  const std::string name = absolute_name(file);
  const std::int32_t handle = page_file_open(name.data(), length_of(name), 0);
  if (handle < 0) return 0;
  const double size = page_file_size(handle);
  page_file_close(handle);
  return static_cast<std::uint64_t>(size);
}

std::string absolute_name(const std::string& file) {
  return file.starts_with('/') ? file : "/" + file;
}

base::Result<std::vector<std::string>> endings_beside(const std::string& file) {
  std::string names(page_file_list(nullptr, 0), '\0');
  page_file_list(names.data(), length_of(names));
  const std::string beginning = absolute_name(file);
  std::vector<std::string> endings;
  for (std::size_t start = 0; start < names.size();) {
    const std::size_t end = names.find('\n', start);
    const std::string name = names.substr(start, end - start);
    if (name.starts_with(beginning)) endings.push_back(name.substr(beginning.size()));
    start = end + 1;
  }
  return endings;
}

bool are_files_shared() { return false; }

const char* const kHowToRepair =
    "clear the data of this site in your browser, then import your last export";
const char* const kHowToWrite = "close other tabs with Matside, then reload the page";

base::Result<void> create_private_folder_of(const std::string& /*file*/) { return {}; }
base::Result<void> create_private_folder(const std::string& /*folder*/) { return {}; }

base::Result<void> create_private_file(const std::string& file) {
  const std::string name = absolute_name(file);
  const std::int32_t handle = page_file_open(name.data(), length_of(name), 1);
  if (handle < 0) return cannot(file, PageFileStatus::failed, "can't be created");
  page_file_close(handle);
  return {};
}

base::Result<void> create_new_private_file(const std::string& file) {
  if (auto removed = remove_durably(file); !removed) return removed;
  return create_private_file(file);
}

base::Result<void> rename_durably(const std::string& from, const std::string& to) {
  const std::string source = absolute_name(from);
  const std::string target = absolute_name(to);
  const PageFileStatus renamed =
      page_file_rename(source.data(), length_of(source), target.data(), length_of(target));
  if (renamed != PageFileStatus::ok) return cannot(to, renamed, "can't be written");
  return {};
}

base::Result<void> remove_durably(const std::string& file) {
  const std::string name = absolute_name(file);
  const PageFileStatus removed = page_file_remove(name.data(), length_of(name));
  if (removed == PageFileStatus::ok || removed == PageFileStatus::absent) return {};
  return cannot(file, removed, "can't be removed");
}

bool is_writable(const std::string& /*file*/) { return true; }

}  // namespace matside::records::sqlite
