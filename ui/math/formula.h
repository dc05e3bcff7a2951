#pragma once

#include "ui/math/formula_fonts.h"

#include <QColor>
#include <QPainterPath>

#include <array>
#include <memory>
#include <vector>

class QPainter;

namespace ponder::ui {

/// A rule, a border or a background.
struct FormulaBar {
    enum class Kind : quint8 { Rule, Dashes, Frame, Background };

    Kind kind = Kind::Rule;
    QRectF box;
    QColor colour;                ///< invalid: that of the place
    std::array<qreal, 4> edges{}; ///< of a frame: top, right, bottom, left
};

/// A stretchy brace, arrow or root; strokes have a width.
struct FormulaShape {
    QPainterPath path;
    QRectF clip;
    QColor colour;
    qreal strokeWidth = 0; ///< 0: filled
};

/// Glyphs of one face and size.
struct FormulaGlyphs {
    FormulaFonts::Run run; ///< positions in em of the formula
    qreal size = 1;
    QColor colour;
};

/// What is drawn of a formula between two places where it may break, relative to the start of its baseline.
/// Lengths are in em.
struct FormulaPart {
    qreal x = 0; ///< where it stands in an unbroken formula
    qreal y = 0;
    qreal width = 0;
    qreal height = 0; ///< above the baseline
    qreal depth = 0;  ///< below it
    std::vector<FormulaGlyphs> glyphs;
    std::vector<FormulaBar> bars;
    std::vector<FormulaShape> shapes;

    bool isEmpty() const { return glyphs.empty() && bars.empty() && shapes.empty(); }
};

/// A formula laid out: boxes in em that can be drawn at any size and in any colour. A value, shared where it
/// is copied. UI thread only.
class Formula {
public:
    Formula() = default;
    Formula(std::shared_ptr<FormulaFonts> fonts, std::vector<FormulaPart> parts, FormulaPart tag);

    bool isNull() const { return laid_ == nullptr; }
    qreal width() const { return isNull() ? 0 : laid_->width; }
    qreal height() const { return isNull() ? 0 : laid_->height; }
    qreal depth() const { return isNull() ? 0 : laid_->depth; }
    /// In a formula of one line: where it may be broken, so that parts can be drawn on several lines.
    const std::vector<FormulaPart>& parts() const;
    bool isOneLine() const { return !isNull() && laid_->oneLine; }
    /// Its number; empty without one.
    const FormulaPart& tag() const;

    /// Draws it with its baseline at `at`; an em is `size` pixels.
    void paint(QPainter& painter, const QPointF& at, qreal size, const QColor& ink) const;
    void paintPart(QPainter& painter, const FormulaPart& part, const QPointF& at, qreal size,
                   const QColor& ink) const;

    bool operator==(const Formula& other) const { return laid_ == other.laid_; }

private:
    struct Laid {
        std::shared_ptr<FormulaFonts> fonts;
        std::vector<FormulaPart> parts;
        FormulaPart tag;
        qreal width = 0;
        qreal height = 0;
        qreal depth = 0;
        bool oneLine = true;
    };
    std::shared_ptr<const Laid> laid_;
};

} // namespace ponder::ui
