#pragma once

#include <QWidget>

namespace ponder::ui {

class PromptEdit;
class Theme;

/// A prompt being changed, in the place where it stands.
class TranscriptEditor : public QWidget {
    Q_OBJECT
public:
    TranscriptEditor(Theme& theme, const QString& text, QWidget* parent);

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
    QString original_;
    PromptEdit* edit_;
};

} // namespace ponder::ui
