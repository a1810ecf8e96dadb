// The program matside-decoder: the only one that demuxes and decodes. Started by vision/video.
#include <sys/socket.h>

#include <cstdio>

#include "vision/decoder/service.h"

int main() {
  using namespace matside;
  int type = 0;
  socklen_t size = sizeof type;
  if (::getsockopt(media::kChannelDescriptor, SOL_SOCKET, SO_TYPE, &type, &size) != 0) {
    std::fputs("matside-decoder is a part of matside, which starts it to read a video.\n",
               stderr);
    return 2;
  }
  decoder::serve({});
  return 0;
}
