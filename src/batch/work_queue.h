// A queue of work in a folder that several computers share (docs/adr/0041).
//
//   todo/ab/ID.ATTEMPT         waits; its text says what to do; ab is how ID begins
//   taken/ID.ATTEMPT.OWNER     is being done by OWNER
//   done/ID                    its outcome, until the waiting side has read it
//   problems/OWNER             why that owner stopped
//   unfinished/                what owners are writing
//   logs/                      of the owners' processes
//
// An item changes hands by one rename each time, which a file server does for one process only,
// also over NFS. Nothing depends on locks, clocks or the order in which folders are listed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace matside::batch {

/// One item that somebody has taken.
struct Claim {
  std::string id;   ///< 32 hexadecimal digits.
  int attempt = 0;  ///< How often it was given back because its owner had died.
  std::string owner;
  std::string text;  ///< What to do; empty from claims().
};

struct QueueOutcome {
  std::string id;
  std::string text;
};

/// One thread at a time. Every function returns ErrorKind::output if the disk or the file
/// server fails.
class WorkQueue {
 public:
  /// Creates the folders that are missing.
  static base::Result<WorkQueue> create(const std::filesystem::path& path);
  /// @returns ErrorKind::output if there is no queue
  static base::Result<WorkQueue> open(const std::filesystem::path& path);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path unfinished() const { return path_ / "unfinished"; }
  [[nodiscard]] std::filesystem::path logs() const { return path_ / "logs"; }

  // For the side that waits; one process at a time.

  /// Adds an item. @param id  32 hexadecimal digits
  base::Result<void> add(const std::string& id, const std::string& text);
  /// Every item, wherever it is.
  [[nodiscard]] base::Result<std::set<std::string>> ids() const;
  /// The outcomes that are there, each until it is removed.
  [[nodiscard]] base::Result<std::vector<QueueOutcome>> outcomes() const;
  /// Removes an outcome that was read.
  void remove_outcome(const std::string& id);
  /// Removes an item that waits, or none; nobody takes it any more.
  void withdraw(const std::string& id);
  /// What is being done now.
  [[nodiscard]] base::Result<std::vector<Claim>> claims() const;
  /// Lets others take an item whose owner has died. An owner that finishes it nevertheless, and
  /// first, is as good.
  base::Result<void> give_back_of_dead(const Claim& claim);
  /// Why owners stopped, one text each.
  [[nodiscard]] base::Result<std::vector<std::string>> problems() const;

  // For those that work; any number of processes on any number of computers.

  /// Takes an item. @param owner  letters, digits, `_`, `.` and `-`, and another for each
  /// process
  /// @returns nothing if there is none
  base::Result<std::optional<Claim>> take(const std::string& owner);
  /// Saves an item's outcome, unless somebody else has saved one.
  base::Result<void> finish(const Claim& claim, const std::string& text);
  /// Lets others take an item that isn't finished.
  base::Result<void> give_back(const Claim& claim);
  /// Lets others take what a process had whose owner's name began so, and which has ended.
  base::Result<void> give_back_all(const std::string& beginning_of_owner);
  /// Saves why an owner stops.
  base::Result<void> report(const std::string& owner, const std::string& problem);

 private:
  struct Waiting {
    std::string id;
    int attempt = 0;
  };
  explicit WorkQueue(std::filesystem::path path) : path_(std::move(path)) {}
  [[nodiscard]] std::filesystem::path waiting_path(const std::string& id, int attempt) const;
  [[nodiscard]] std::filesystem::path taken_path(const Claim& claim) const;
  [[nodiscard]] base::Result<std::vector<Waiting>> waiting_in(const std::string& folder) const;
  base::Result<bool> claim(Claim& claim);
  base::Result<void> move_back(const Claim& claim, int attempt);

  std::filesystem::path path_;
  std::vector<std::string> folders_;  ///< Of todo, still to be looked through by take().
  std::vector<Waiting> candidates_;   ///< Seen in the last of them.
};

}  // namespace matside::batch
