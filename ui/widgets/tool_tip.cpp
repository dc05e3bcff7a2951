#include "ui/widgets/tool_tip.h"

#include <QTextDocument>

namespace ponder::ui {

namespace {

constexpr int kLongestLine = 80; // only rich tool tips are wrapped

} // namespace

QString plainToolTip(const QString& text) {
    if (text.size() <= kLongestLine && !Qt::mightBeRichText(text)) return text;
    return Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal);
}

} // namespace ponder::ui
