#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace ponder::ui {

/// Things side by side, in as many lines as it takes.
class WrapLayout : public QLayout {
    Q_OBJECT
public:
    explicit WrapLayout(int gap);
    ~WrapLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override { return int(items_.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), Placing::Measure); }
    void setGeometry(const QRect& box) override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;

private:
    enum class Placing { Measure, Move };
    /// Returns the height.
    int arrange(const QRect& box, Placing placing) const;

    std::vector<QLayoutItem*> items_;
    int gap_;
};

} // namespace ponder::ui
