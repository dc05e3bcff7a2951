#pragma once

#include <QProxyStyle>
#include <QStyleFactory>

namespace ponder::ui {

/// Fusion on every machine, and nothing moves by itself: what is looked at is what it will stay.
class StillStyle : public QProxyStyle {
public:
    StillStyle() : QProxyStyle(QStyleFactory::create("Fusion")) {}

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override {
        if (hint == SH_Widget_Animation_Duration) return 0;
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
};

} // namespace ponder::ui
