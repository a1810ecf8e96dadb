// The program matside-decoder: the only one that demuxes and decodes. Started by vision/video.
#include <sys/socket.h>

#include <cstdio>

#include "vision/decoder/sandbox.h"
#include "vision/decoder/service.h"

int main() {
  using namespace matside;
  int type = 0;
  socklen_t size = sizeof type;
  if (::getsockopt(media::kChannelDescriptor, SOL_SOCKET, SO_TYPE, &type, &size) != 0) {
    std::fputs("matside-decoder is part of Matside, which starts it to read a video.\n",
               stderr);
    return 2;
  }
  decoder::drop_descriptors();
  // Before the first byte of the file is read.
  const decoder::Confinement confinement = decoder::enter_sandbox();
  decoder::serve({.landlock_abi = confinement.landlock_abi,
                  .seccomp = confinement.seccomp ? 1U : 0U,
                  .sanitized = confinement.sanitized ? 1U : 0U});
  return 0;
}
