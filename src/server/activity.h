// What the server is doing for one person at a time: a live practice, a recording, an import or
// an export.
//
// Belongs to the answering thread.
#pragma once

#include <string>

namespace matside::server {

/// The computer keeps up with one practice or one analysis, so they exclude each other.
struct Activity {
  bool practising = false;    ///< A live practice with a camera.
  bool receiving = false;     ///< A recording is being uploaded.
  bool analysing = false;     ///< A recording is being analysed.
  bool transferring = false;  ///< Records are being imported or exported.

  /// Why no practice can begin now, for the person; empty when one can.
  [[nodiscard]] std::string practice_refusal() const;
  /// Why no recording can be taken now, for the person; empty when one can.
  [[nodiscard]] std::string recording_refusal() const;
};

}  // namespace matside::server
