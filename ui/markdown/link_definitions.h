#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace ponder::ui {

/// A paragraph that may say where links lead: "[label]: address".
struct LinkDefinition {
    QString paragraph;  ///< all its lines
    QStringList labels; ///< all it may define
    bool alone = false; ///< it begins with a label, and stands in no list and no quote
    bool ended = false; ///< by an empty line
};

/// Every place that may define a link. Finds too many rather than too few; footnotes are none.
std::vector<LinkDefinition> findLinkDefinitions(QStringView text);

/// Whether the text may refer to one of the labels. Says so too often rather than too rarely.
bool mayMention(QStringView text, const QStringList& labels);

} // namespace ponder::ui
