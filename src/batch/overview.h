// The overview page of a dataset.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "batch/tables.h"

namespace matside::batch {

/// Collects the rows of a dataset and shows their distributions on one page, which loads
/// nothing and runs no script. One thread at a time.
class Overview {
 public:
  void add(const RecordingRows& rows);
  void add(const Failure& failure);
  /// The page as HTML. All text in it is escaped.
  [[nodiscard]] std::string html() const;

 private:
  struct PracticeLine {
    std::string path;
    std::string person;
    std::string date;
    std::string exercise;
    std::string counts;
    std::string report;
  };
  std::size_t practices_ = 0;
  std::vector<double> repetitions_;
  std::vector<double> left_bends_deg_;
  std::vector<double> right_bends_deg_;
  std::vector<double> lowerings_s_;
  std::vector<double> yaws_deg_;
  std::map<std::string, std::size_t> exercises_;
  std::map<std::string, std::size_t> statuses_;
  std::map<std::string, std::size_t> faults_;
  std::map<std::string, std::size_t> warnings_;
  std::vector<PracticeLine> lines_;
  std::size_t failed_ = 0;
  std::vector<Failure> failures_;
};

}  // namespace matside::batch
