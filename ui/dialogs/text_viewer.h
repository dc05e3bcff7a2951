#pragma once

#include "ui/dialogs/surface_dialog.h"
#include "ui/widgets/token_figure.h"

class QPlainTextEdit;

namespace ponder::ui {

class FindLine;
class Label;
class Theme;

/// An attachment as it is read: what it is, and its text letter for letter.
struct ViewedText {
    QString name;
    QString kind; ///< "Python", "Text of a PDF"
    QString size; ///< "12 KB", "3 pages"
    TokenFigure tokens = {};
    QString text; ///< empty: nothing but its name is kept
};

/// A text to read, look through and copy: what was attached to a message.
class TextViewer : public SurfaceDialog {
    Q_OBJECT
public:
    TextViewer(Theme& theme, const ViewedText& viewed, QWidget* parent);

    /// The model has counted.
    void setTokens(const TokenFigure& tokens);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refreshFacts();
    void takeTheme();

    ViewedText viewed_;
    Label* facts_;
    QPlainTextEdit* paper_;
    FindLine* find_;
};

} // namespace ponder::ui
