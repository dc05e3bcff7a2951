#pragma once

#include "ui/library/library_values.h"

#include <QWidget>

namespace ponder::ui {

class Theme;

/// Types of numbers by the share of the model they hold, each with a bar. UI thread only.
class ShareTable : public QWidget {
    Q_OBJECT
public:
    explicit ShareTable(Theme& theme, QWidget* parent = nullptr);

    void setShares(const std::vector<TypeShare>& shares);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int lineHeight() const;

    Theme& theme_;
    std::vector<TypeShare> shares_;
};

} // namespace ponder::ui
