#include "ui/widgets/token_figure.h"

#include <QCoreApplication>

namespace ponder::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TokenFigure)
};

} // namespace

QString shownTokens(const TokenFigure& figure) {
    return figure.exact ? Words::tr("%Ln token(s)", nullptr, figure.tokens)
                        : Words::tr("≈ %Ln token(s)", nullptr, figure.tokens);
}

QString spokenTokens(const TokenFigure& figure) {
    return figure.exact ? shownTokens(figure) : Words::tr("about %Ln token(s)", nullptr, figure.tokens);
}

} // namespace ponder::ui
