#pragma once

#include <QMetaObject>
#include <QObject>
#include <atomic>
#include <utility>

namespace ponder::ui {

/// Qt's own lock brings what one thread wrote to the other: the function to where it runs, and back to where
/// the last of both lets go of it. That lock is compiled without ThreadSanitizer, so it is said once more:
/// what is captured behind the function reaches its last place after it, and ends before it.
class HandedOver {
public:
    HandedOver() = default;
    HandedOver(const HandedOver&) { wrote(); }
    HandedOver& operator=(const HandedOver&) = delete;
    ~HandedOver() { reads(); }

    void wrote() const { passed_.fetch_add(1, std::memory_order_release); }
    void reads() const { passed_.load(std::memory_order_acquire); }

private:
    static inline std::atomic<unsigned> passed_;
};

/// Calls `function` from the event loop of the receiver's thread, never at once; not at all where the
/// receiver is gone by then. Any thread, while the receiver lives.
template <class Function>
void runLater(QObject* receiver, Function function) {
    QMetaObject::invokeMethod(
        receiver,
        [function = std::move(function), handedOver = HandedOver()]() mutable {
            handedOver.reads();
            function();
            handedOver.wrote();
        },
        Qt::QueuedConnection);
}

} // namespace ponder::ui
