#pragma once

#include <QVariantAnimation>
#include <QWidget>

namespace ponder::ui {

class Theme;

/// A side beside a body, with an edge to drag. In a narrow window the side is hidden and opens over the body.
class SideSplit : public QWidget {
    Q_OBJECT
public:
    static constexpr int kNarrow = 820;
    static constexpr int kLeastSide = 220;
    static constexpr int kUsualSide = 264;
    static constexpr int kMostSide = 360;

    SideSplit(Theme& theme, QWidget* side, QWidget* body, QWidget* parent = nullptr);

    bool isSideShown() const;
    bool isSideOver() const { return isNarrow() && over_; }
    void setSideShown(bool shown);
    void toggleSide() { setSideShown(!isSideShown()); }
    /// Closes a side that lies over the body; nothing where it stands beside it.
    void closeOver();

    /// Whether the side stands beside the body when there is room: to be kept with the width.
    bool wantsSide() const { return beside_; }
    int sideWidth() const { return sideWidth_; }
    void restore(bool wantsSide, int sideWidth);

signals:
    void sideShownChanged(bool shown);
    /// The side is about to go and has the keyboard: it needs another place.
    void focusLeft();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isNarrow() const { return width() < kNarrow; }
    void settle();
    void arrange();
    void dragTo(int x);

    Theme& theme_;
    QWidget* side_;
    QWidget* body_;
    QWidget* shade_;
    QWidget* edge_;
    QVariantAnimation slide_; ///< how much of the side is in view, 0 to 1
    bool beside_ = true;
    bool over_ = false;
    bool wasShown_ = true;
    int sideWidth_ = kUsualSide;
};

} // namespace ponder::ui
