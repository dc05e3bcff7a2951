#pragma once

#include <QPlainTextEdit>
#include <QTimer>

namespace ponder::ui {

class Theme;

/// A field of several lines that tells what was written once the person pauses.
class ParagraphField : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit ParagraphField(Theme& theme, QWidget* parent = nullptr);
    ~ParagraphField() override;

    void setValue(const QString& text);

signals:
    void chosen(const QString& text);

protected:
    void focusOutEvent(QFocusEvent* event) override;

private:
    void take();
    void takeTheme();

    Theme& theme_;
    QString value_;
    QTimer pause_;
};

} // namespace ponder::ui
