#pragma once

#include <QTest>

#include <functional>

namespace ponder::app {

/// Lets the window work until `condition` holds; false after ten seconds.
inline bool comesTrue(const std::function<bool()>& condition) {
    return QTest::qWaitFor(condition, 10'000);
}

} // namespace ponder::app
