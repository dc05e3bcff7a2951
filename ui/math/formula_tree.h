#pragma once

#include <QByteArray>
#include <QColor>
#include <QPainterPath>
#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace ponder::ui {

/// How a drawing is fitted into its box: an SVG's preserveAspectRatio.
enum class DrawingFit : quint8 { Stretch, Whole, SliceLeft, SliceMiddle, SliceRight };

/// A stretchy brace, arrow, root or the strokes of \cancel: a part of a box that is as wide as it has to be.
struct FormulaDrawing {
    qreal left = 0; ///< and width: fractions of the box
    qreal width = 1;
    DrawingFit fit = DrawingFit::Whole;
    QSizeF view;
    QPainterPath path;           ///< in the coordinates of `view`
    std::vector<QLineF> strokes; ///< in fractions of the box
    qreal strokeWidth = 0;
};

enum class FormulaAlignment : quint8 { Left, Centre, Right };

/// A box of a formula's tree; lengths are in em of the formula, y grows downwards from the baseline.
struct FormulaNode {
    enum class Kind : quint8 {
        Row,     ///< children beside each other on one baseline
        Text,    ///< characters of one face
        Stack,   ///< children above each other, each `y` below the baseline
        Bar,     ///< a rule
        Picture, ///< drawings, from the baseline up to `height`
        Frame,   ///< borders and background, likewise
        Lap      ///< children that take no room, to the left or right
    };

    Kind kind = Kind::Row;
    FormulaAlignment alignment = FormulaAlignment::Left; ///< of a stack's children, of a lap
    std::optional<FormulaAlignment> ownAlignment;        ///< of a stack's child that differs
    qreal marginLeft = 0;
    qreal marginRight = 0;
    qreal paddingLeft = 0;
    qreal paddingRight = 0;
    qreal shiftX = 0; ///< moves what is drawn, not what stands beside it
    qreal shiftY = 0;
    qreal y = 0;
    std::optional<qreal> width; ///< a bar, picture or frame without one is as wide as its stack
    qreal leastWidth = 0;
    qreal height = 0;
    qreal depth = 0;
    qreal raise = 0; ///< of a bar, above the baseline
    bool dashed = false;
    QColor colour; ///< invalid: that around it
    QColor fill;
    QColor border;
    std::array<qreal, 4> edges{}; ///< top, right, bottom, left
    QString text;
    int face = 0; ///< index into kFormulaFaces
    qreal size = 1;
    std::vector<FormulaDrawing> drawings;
    std::vector<FormulaNode> children;
};

/// What KaTeX makes of a formula.
struct FormulaTree {
    /// Of each line the parts between which it may break.
    std::vector<std::vector<FormulaNode>> lines;
    std::optional<FormulaNode> tag; ///< its number
};

namespace formula_limit {
constexpr int kTreeBytes = 4 * 1024 * 1024;
constexpr int kNodes = 20'000;
constexpr int kDepth = 400;
constexpr qreal kLength = 1000; ///< em
} // namespace formula_limit

/// The faces of KaTeX's fonts, as formula_boxes.js names them; also the names of their files.
inline constexpr std::array kFormulaFaces = {
    "AMS-Regular",   "Caligraphic-Bold", "Caligraphic-Regular", "Fraktur-Bold",      "Fraktur-Regular",
    "Main-Bold",     "Main-BoldItalic",  "Main-Italic",         "Main-Regular",      "Math-BoldItalic",
    "Math-Italic",   "SansSerif-Bold",   "SansSerif-Italic",    "SansSerif-Regular", "Script-Regular",
    "Size1-Regular", "Size2-Regular",    "Size3-Regular",       "Size4-Regular",     "Typewriter-Regular",
};

/// Reads what formula_boxes.js returns; nothing where it is not such a tree or beyond a limit. A formula is
/// what a model wrote, so the tree is taken for hostile.
std::optional<FormulaTree> readFormulaTree(const QByteArray& json);

} // namespace ponder::ui
