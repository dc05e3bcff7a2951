// ponder-engine: one model, confined, at the other end of a socket. Started by Ponder
// (engine/remote/remote_engine.h).

#include "engine/local_engine.h"
#include "engine/remote/engine_host.h"

#include <sys/socket.h>
#include <sys/stat.h>

#include <cstdio>
#include <malloc.h>

int main() {
    constexpr int kSocket = 3;
    struct stat status {};
    if (::fstat(kSocket, &status) != 0 || !S_ISSOCK(status.st_mode)) {
        std::fputs("ponder-engine is started by ponder and does nothing on its own. Start ponder.\n", stderr);
        return 2;
    }
    // Whatever is larger than a megabyte goes back to the system when it is freed, and the plan's sums hold.
    ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
    ponder::engine::runEngineHost(ponder::engine::FileDescriptor(kSocket), ponder::engine::openLocalEngine);
}
