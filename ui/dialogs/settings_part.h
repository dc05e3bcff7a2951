#pragma once

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace ponder::ui {

class Label;
class Theme;

/// One section of the settings: a heading and lines that can be searched.
class SettingsPart : public QWidget {
    Q_OBJECT
public:
    SettingsPart(Theme& theme, const QString& title, QWidget* parent = nullptr);

    /// `words`: what the line is found by.
    void addLine(QWidget* line, const QString& words);
    void addSpace(int pixels);
    /// Shows the lines that contain every one of `words` and says how many do. Without words, all.
    int filter(const QStringList& words);

protected:
    Theme& theme_;

private:
    struct Line {
        QWidget* widget;
        QString words;
    };

    QString title_;
    QVBoxLayout* column_;
    std::vector<Line> lines_;
};

} // namespace ponder::ui
