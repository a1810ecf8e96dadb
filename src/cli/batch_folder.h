// The folder of a dataset: results by content, tables, and a lock for one batch at a time.
//
//   DATASET/dataset.json       marks the folder as Matside's
//   DATASET/results/KEY/       result.json and, of a success, analysis.json, knee_angles.csv
//                              and report.html; appears complete or not at all, and the first
//                              to save a result wins
//   DATASET/slurm/             queues of batches on Slurm (slurm_batch.h)
//   DATASET/known_recordings.txt  which result each recording on Slurm had
//   DATASET/practices.csv ...  the tables and the overview page (batch_tables.h)
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace matside::cli {

/// The outcome for one recording's content, as it is saved.
struct SavedResult {
  std::string failure_kind;  ///< Empty: it was analysed.
  std::string reason;        ///< Of the failure, without the recording's path.
  std::string analysis;      ///< Result file, matside.analysis/1.
  std::string knee_angles;   ///< Table with time_s, left_deg and right_deg.
  std::string report;        ///< The page; empty: none. read() leaves it out.
};

class BatchFolder {
 public:
  /// Creates the folder where it is missing, and removes what an interrupted batch left.
  /// @returns ErrorKind::usage if another batch uses it; ErrorKind::output if it can't be
  ///   written, or contains other files
  static base::Result<BatchFolder> open(const std::filesystem::path& path);
  /// The folder of a dataset whose lock another process has, for saving results in it.
  /// @param unfinished  a folder in it, for results that aren't complete
  static BatchFolder join(const std::filesystem::path& path,
                          const std::filesystem::path& unfinished);
  BatchFolder(BatchFolder&& other) noexcept;
  BatchFolder& operator=(BatchFolder&&) = delete;
  ~BatchFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// A saved result; nothing if there is none, or its files aren't those that were saved.
  /// @param key  of batch::result_key
  [[nodiscard]] std::optional<SavedResult> read(const std::string& key) const;
  /// Saves a result, complete or not at all. What another process saved meanwhile stays.
  /// @returns ErrorKind::output if it can't be written
  [[nodiscard]] base::Result<void> save(const std::string& key,
                                        const SavedResult& result) const;
  /// The page of a result, relative to the folder; empty if it has none.
  [[nodiscard]] std::string report_of(const std::string& key) const;

 private:
  BatchFolder(std::filesystem::path path, std::filesystem::path unfinished, int lock)
      : path_(std::move(path)), unfinished_(std::move(unfinished)), lock_(lock) {}
  [[nodiscard]] std::filesystem::path result_folder(const std::string& key) const;
  [[nodiscard]] base::Result<void> remove_damaged(const std::string& key) const;

  std::filesystem::path path_;
  std::filesystem::path unfinished_;
  int lock_ = -1;
};

}  // namespace matside::cli
