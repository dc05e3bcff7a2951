#pragma once

#include <QWidget>

class QVBoxLayout;

namespace ponder::ui {

/// Things under one another, as wide as the composer and in its middle.
class ReadingColumn : public QWidget {
    Q_OBJECT
public:
    /// The text inside lines up with the transcript's column of 720.
    static constexpr int kWidest = 752;

    explicit ReadingColumn(QWidget* parent = nullptr);

    void add(QWidget* widget);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QVBoxLayout* column_;
};

} // namespace ponder::ui
