// Confines this process to decoding: no files, network, programs or processes (docs/adr/0026).
#pragma once

#include <cstdint>

namespace matside::decoder {

/// Which layers to apply; all of them except in tests, which show that each holds alone.
struct SandboxLayers {
  bool seccomp = true;
  bool landlock = true;
  bool limits = true;
};

/// What confines the process.
struct Confinement {
  bool seccomp = false;
  int landlock_abi = 0;    ///< 0 where the kernel has no Landlock.
  bool sanitized = false;  ///< A build with sanitizers, which need what the layers forbid.
};

/// Address space of the process: pictures of the largest accepted size, with those that their
/// codec refers to.
inline constexpr std::uint64_t kMaxAddressSpace_bytes = std::uint64_t{4} << 30;

/// Closes all descriptors but those of decoder_protocol.h and sends standard streams to
/// /dev/null.
void drop_descriptors();

/// Enters the sandbox for good. Afterwards the process can compute, start threads, read the
/// file and the channel, write to the channel, and exit; anything else fails with EPERM. A
/// layer that the kernel lacks is left out, as the result says. Call before there is a second
/// thread.
Confinement enter_sandbox(SandboxLayers layers = {});

}  // namespace matside::decoder
