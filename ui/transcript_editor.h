#pragma once

#include <QWidget>

namespace ponder::ui {

class PromptEdit;
class Theme;

/// What is edited, and what follows: a prompt is asked again, an answer kept as a second version, a thought
/// gone on from.
enum class EditPurpose { Prompt, Answer, Thought };

/// A message being changed, in the place where it stands.
class TranscriptEditor : public QWidget {
    Q_OBJECT
public:
    TranscriptEditor(Theme& theme, EditPurpose purpose, const QString& text, QWidget* parent);

    EditPurpose purpose() const { return purpose_; }

    /// The height it needs in this width.
    int heightFor(int width);

signals:
    void submitted(const QString& text);
    void cancelled();
    void heightChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void submit();

    Theme& theme_;
    EditPurpose purpose_;
    QString original_;
    PromptEdit* edit_;
};

} // namespace ponder::ui
