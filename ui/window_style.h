#pragma once

#include <QProxyStyle>

namespace ponder::ui {

enum class Motion { Full, Reduced };
/// What the person chose; System follows the desktop.
enum class MotionChoice { System, Full, Reduced };

/// Fusion on every desktop. Holds still where less motion is asked for: all that moves by itself asks the
/// style for the length of animations.
class WindowStyle : public QProxyStyle {
    Q_OBJECT
public:
    WindowStyle();

    /// The application's style; none where it has another one.
    static WindowStyle* ofProgram();

    void setMotion(MotionChoice choice) { choice_ = choice; }
    void setSystemMotion(Motion motion) { system_ = motion; }
    Motion motion() const;

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;

private:
    MotionChoice choice_ = MotionChoice::System;
    Motion system_ = Motion::Full;
};

} // namespace ponder::ui
