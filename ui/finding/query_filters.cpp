#include "ui/finding/query_filters.h"

#include <QRegularExpression>

namespace ponder::ui {

namespace {

/// The filter with its value, where it is a word of its own. Names are ours: letters only.
QRegularExpression patternOf(const QString& name) {
    return QRegularExpression(QString(R"((?:^|(?<=\s))%1:(?:"([^"]*)(?:"|$)|(\S*)))").arg(name));
}

} // namespace

QString filterValue(const QString& query, const QString& name) {
    const QRegularExpressionMatch match = patternOf(name).match(query);
    return match.captured(1) + match.captured(2);
}

QString withFilter(const QString& query, const QString& name, const QString& value) {
    QString rest = query;
    rest.remove(patternOf(name));
    rest = rest.simplified();
    if (value.isEmpty()) return rest;
    const bool quoted = value.contains(u' ');
    const QString filter = quoted ? QString("%1:\"%2\"").arg(name, QString(value).remove(u'"'))
                                  : QString("%1:%2").arg(name, value);
    return rest.isEmpty() ? filter + u' ' : rest + u' ' + filter;
}

} // namespace ponder::ui
