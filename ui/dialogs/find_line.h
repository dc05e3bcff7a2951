#pragma once

#include <QWidget>

#include <vector>

class QPlainTextEdit;

namespace ponder::ui {

class Button;
class Label;
class SearchField;
class Theme;

/// Finds words in a text that is read in a dialog: a field, how often they occur, and two arrows. All places
/// are marked, the one at which one is more strongly. Case does not matter. UI thread only.
class FindLine : public QWidget {
    Q_OBJECT
public:
    FindLine(Theme& theme, QPlainTextEdit& text, QWidget* parent);

    /// Puts the keyboard into the field.
    void begin();
    enum class Direction { Next, Previous };
    void step(Direction direction);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void look(const QString& words);
    void mark();

    Theme& theme_;
    QPlainTextEdit& text_;
    SearchField* field_;
    Label* count_;
    Button* previous_;
    Button* next_;
    int length_ = 0; ///< of what is looked for
    std::vector<int> places_;
    int current_ = -1; ///< among `places_`
};

} // namespace ponder::ui
