#pragma once

#include <QString>
#include <QStringView>

namespace ponder::ui {

/// "&amp;" → "&", "&#x2014;" → "—". Names we do not know stay as they are written.
QString decodeEntity(QStringView entity);

} // namespace ponder::ui
