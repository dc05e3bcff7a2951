#pragma once

#include <QStringView>

#include <vector>

namespace ponder::ui {

/// What a stretch of code is. The numbers are those of colour_code.js.
enum class SyntaxKind : quint8 {
    Plain,
    Keyword,
    String,
    Comment,
    Number,
    Function,
    Type,
    Operator,
    Tag,
};
constexpr int kSyntaxKinds = 9;

struct SyntaxRun {
    int start = 0;
    int end = 0;
    SyntaxKind kind = SyntaxKind::Plain;

    bool operator==(const SyntaxRun&) const = default;
};

/// In the order of the code, none of them empty or plain: what is left out is plain.
using SyntaxRuns = std::vector<SyntaxRun>;

/// Reads what colour_code.js says of code of this length. Runs that reach beyond it are left out.
SyntaxRuns readSyntaxRuns(QStringView pairs, int length);

/// Leaves out what ends behind `length`: there the code has changed.
void keepRunsBefore(int length, SyntaxRuns& runs);

/// Where two colourings of code begin to differ; -1: nowhere.
int firstDifference(const SyntaxRuns& first, const SyntaxRuns& second);

} // namespace ponder::ui
