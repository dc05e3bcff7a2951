#pragma once

#include <QString>

namespace ponder::ui {

/// The value of a filter ("role") in a query, without its quotes; empty where it is not set.
QString filterValue(const QString& query, const QString& name);
/// The query with the filter set to this value, at its end; an empty value takes the filter out.
QString withFilter(const QString& query, const QString& name, const QString& value);

} // namespace ponder::ui
