#pragma once

#include <QLocale>

namespace ponder::ui {

/// "4.1 GB", in the language of the window; powers of ten.
inline QString bytesText(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace ponder::ui
