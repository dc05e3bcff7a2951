#include "app/library/modest_thread.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ponder::app {

namespace {

// ioprio_set(2): which thread, and the class that is served when the disk has nothing else to do.
constexpr int kThisThread = 1;
constexpr int kIdleClass = 3 << 13;
constexpr int kModestNice = 10;

} // namespace

void makeThisThreadModest() {
    // Where the system refuses, the thread is as greedy as others, no more.
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kModestNice);
    ::syscall(SYS_ioprio_set, kThisThread, 0, kIdleClass);
}

} // namespace ponder::app
